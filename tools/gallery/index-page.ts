import { LANGUAGE_NAMES, type Language } from '../../client/i18n/page-languages.ts'
import { THEMES, WIDTHS } from './devices.ts'
import type { PageState } from './page-state.ts'
import type { Flaws } from './shoot.ts'

const STYLE = `
  body { margin: 1rem 1.5rem; font: 1rem/1.5 system-ui, sans-serif; background: #e8e6e3; color: #222 }
  h2 { margin: 2rem 0 .5rem; font-size: 1.125rem }
  h2 a { color: inherit; text-decoration: none }
  .row { display: flex; gap: .75rem; overflow-x: auto; padding-bottom: .5rem }
  figure { flex: none; margin: 0 }
  img { display: block; height: 22rem; border: 1px solid #bbb; background: #fff }
  figcaption { max-width: 20rem; font-size: .8125rem }
  .flaw { color: #a11; overflow-wrap: anywhere }
  nav { columns: 14rem; margin: 1rem 0 }
`

/** A page of all pictures: a section for each state, a row for each language. */
export function indexPage(
  states: readonly PageState[],
  languages: readonly Language[],
  taken: ReadonlySet<string>,
  flaws: Flaws,
): string {
  const figure = (file: string, caption: string) =>
    `<figure><a href="${file}"><img src="${file}" alt="" loading="lazy"></a><figcaption>${caption}` +
    `${(flaws.get(file) ?? []).map((flaw) => `<div class="flaw">${escaped(flaw)}</div>`).join('')}` +
    '</figcaption></figure>'
  const row = (name: string, language: Language) => {
    const files = WIDTHS.flatMap((width) =>
      THEMES.map((theme) => ({
        file: `${language}/${name}-${width}-${theme}.png`,
        caption: `${width}, ${theme}, ${LANGUAGE_NAMES[language]}`,
      })),
    )
    const figures = files
      .filter(({ file }) => taken.has(file))
      .map(({ file, caption }) => figure(file, caption))
    return `<div class="row">${figures.join('')}</div>`
  }
  const section = ({ name, title }: PageState) => {
    const rows = languages.map((language) => row(name, language))
    return `<h2 id="${name}"><a href="#${name}">${escaped(title)}</a></h2>${rows.join('')}`
  }
  const links = states.map(({ name, title }) => `<div><a href="#${name}">${escaped(title)}</a></div>`)
  return (
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Hallway: every state</title><style>${STYLE}</style>` +
    `<h1>Every state of the page</h1><nav>${links.join('')}</nav>${states.map(section).join('')}</html>\n`
  )
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
