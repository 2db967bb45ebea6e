let title: string | undefined
let unread = ''

/** What the page is about. */
export function setTitle(text: string): void {
  title = text
  show()
}

/** How much is unread, before the title; an empty text where nothing is. */
export function setTitleCount(count: string): void {
  unread = count
  show()
}

function show(): void {
  title ??= document.title
  document.title = unread === '' ? title : `(${unread}) ${title}`
}
