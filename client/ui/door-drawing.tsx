/** A door in the hallway: shut, or ajar with the light on behind it. */
export function DoorDrawing({ state }: { state: 'shut' | 'ajar' }) {
  return (
    <span class={`door door--${state}`} aria-hidden="true">
      <span class="door__leaf" />
    </span>
  )
}
