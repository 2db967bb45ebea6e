import { h } from '../strings/house.ts'
import { Grave } from './grave.tsx'

/** Erases the room for everyone. */
export function Erase() {
  return <Grave text={h.eraseMore} sure={h.eraseSure} path="" />
}
