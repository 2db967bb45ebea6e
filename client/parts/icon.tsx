const PATHS = {
  copy: 'M9 9h10v11H9zM5 15V4h10',
  share: 'M12 15V4M8 7.5 12 3.500l4 4M6 12v8h12v-8',
  check: 'm5 12.5 4.5 4.500L19 7.5',
  send: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  close: 'M6 6l12 12M18 6 6 18',
  reply: 'M9.5 6.500 4 12l5.5 5.500M4.500 12H14c3.500 0 6 2.500 6 6v1',
  edit: 'M4.500 19.500 5.500 15 16 4.500l3.500 3.500L9 18.500ZM13.500 7l3.500 3.500',
  bin: 'M5 7h14M9.500 7V4.500h5V7M7 7l1 12.500h8L17 7M10.500 11v5M13.500 11v5',
  door: 'M6 20V4h12v16M3.5 20h17M14 12.500v.5',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.5-3.5 3-5.5 6.5-5.500s6 2 6.5 5.500M16 4.300a3.5 3.5 0 0 1 0 6.400M18 15c2 .8 3.2 2.5 3.5 5',
  clock: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
}

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
