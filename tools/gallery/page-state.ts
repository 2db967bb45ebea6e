import type { Page } from 'playwright-core'
import type { Device } from './devices.ts'
import type { Studio } from './studio.ts'

/** A state of the page, and how to reach it. */
export interface PageState {
  /** The prefix of its files too. */
  name: string
  title: string
  /** The only device that shows it; both do by default. */
  on?: Device
  /** Reaches the state and returns the page that shows it. */
  show(studio: Studio): Promise<Page>
  /** Repeats what a new window size undoes, such as hovering over a message. */
  resized?(page: Page, studio: Studio): Promise<void>
}
