type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** Picks the form a language uses for a number, and puts the number where `#` stands. */
export function pluralsOf(language: string) {
  const rules = new Intl.PluralRules(language)
  const digits = new Intl.NumberFormat(language)
  return (count: number, forms: Forms) =>
    (forms[rules.select(count)] ?? forms.other).replace('#', digits.format(count))
}
