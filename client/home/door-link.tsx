/** A door with a room's name; it opens a little on hover and focus. */
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
