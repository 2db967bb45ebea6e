import type { Page } from 'playwright-core'
import type { Device } from './devices.ts'
import type { Studio } from './studio.ts'

/** One thing the page can look like, and how that is brought about. */
export interface PageState {
  /** Also the name of its files. */
  name: string
  title: string
  /** Where it is to be seen; everywhere where nothing is said. */
  on?: Device
  /** Brings it about and answers the page that shows it. */
  show(studio: Studio): Promise<Page>
  /** What has to be done again after the window has another size: a pointer is no longer where it was. */
  resized?(page: Page, studio: Studio): Promise<void>
}
