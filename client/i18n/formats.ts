import { directionOf, type Language, languageOf } from './page-languages.ts'

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** The browser's regional variant of a language: "de-AT" for German. */
export function localeOf(language: Language): string {
  return globalThis.navigator?.languages?.find((tag) => languageOf(tag) === language) ?? language
}

/** Formats numbers, lists and names. `lists` is a locale for lists alone: British English has no comma before "and". */
export function formatsOf(language: Language, { lists }: { lists?: string } = {}) {
  const locale = localeOf(language)
  const rules = new Intl.PluralRules(language)
  const digits = new Intl.NumberFormat(locale)
  const list = new Intl.ListFormat(lists ?? locale, { type: 'conjunction' })
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD' })
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 2 })
  const kilobytes = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'kilobyte',
    maximumFractionDigits: 0,
  })
  return {
    number: (count: number) => digits.format(count),
    /** Picks the plural form for a number and replaces `#` with the number. */
    plural: (count: number, forms: Forms) =>
      (forms[rules.select(count)] ?? forms.other).replace('#', digits.format(count)),
    list: (parts: readonly string[]) => list.format(parts),
    money: (dollars: number) => money.format(dollars),
    percent: (part: number) => percent.format(part),
    kilobytes: (count: number) => kilobytes.format(count),
    /** A name in a sentence, isolated if its direction differs, so that the sentence keeps its order. */
    named: (name: string) => (runsAsWritten(name, language) ? name : `\u2068${name}\u2069`),
  }
}

const FROM_THE_RIGHT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u

function runsAsWritten(name: string, language: Language): boolean {
  return directionOf(language) === 'ltr' && !FROM_THE_RIGHT.test(name)
}
