let title: string | undefined
let unread = ''

/** Sets the page's title. */
export function setTitle(text: string): void {
  title = text
  show()
}

/** Puts the unread count before the title; an empty text removes it. */
export function setTitleCount(count: string): void {
  unread = count
  show()
}

function show(): void {
  title ??= document.title
  document.title = unread === '' ? title : `(${unread}) ${title}`
}
