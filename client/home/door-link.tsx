/** A door with a name on it; it opens a little when one is about to go through. */
export function DoorLink({ path, title }: { path: string; title: string }) {
  return (
    <a class="door-link" href={path}>
      <span class="door">
        <span class="door__leaf">
          <span class="door__plate" dir="auto">
            {title}
          </span>
        </span>
      </span>
    </a>
  )
}
