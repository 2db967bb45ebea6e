import { computed, type ReadonlySignal } from '@preact/signals'

/** A part of a signal's value. Its readers hear only of changes to that part. */
export function select<Whole, Part>(
  whole: ReadonlySignal<Whole>,
  pick: (whole: Whole) => Part,
): ReadonlySignal<Part> {
  return computed(() => pick(whole.value))
}
