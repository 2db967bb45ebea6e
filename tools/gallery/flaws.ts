/** Flaws that a program can find. It runs in the page, so it may use nothing outside itself. */
export function findFlaws(): string[] {
  const flaws = new Set<string>()
  const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const known = new Map<string, Colour>()

  if (document.documentElement.scrollWidth > innerWidth) {
    flaws.add(`scrolls sideways by ${document.documentElement.scrollWidth - innerWidth} px`)
  }
  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    if (!isSeen(element)) continue
    lookAtTarget(element)
    if ([...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim())) {
      lookAtContrast(element)
      lookAtClipping(element)
      lookAtLines(element)
    }
  }
  return [...flaws]

  function lookAtTarget(element: HTMLElement): void {
    if (!element.matches('a, button, input, textarea, summary') || element.matches('.markdown a')) return
    const { width, height } = element.getBoundingClientRect()
    if (width < 24 || height < 24)
      flaws.add(`${named(element)} is a target of only ${Math.round(width)} × ${Math.round(height)} px`)
  }

  function lookAtContrast(element: HTMLElement): void {
    const style = getComputedStyle(element)
    const ground = groundOf(element)
    const ratio = contrast(over(colourOf(style.color), ground), ground)
    const isLarge = Number.parseFloat(style.fontSize) >= 24
    if (ratio < (isLarge ? 3 : 4.5)) flaws.add(`${named(element)} has a contrast of ${ratio.toFixed(1)}`)
  }

  /** Text that is cut off without an ellipsis. */
  function lookAtClipping(element: HTMLElement): void {
    const { overflowX, textOverflow } = getComputedStyle(element)
    if (overflowX === 'visible' || overflowX === 'auto' || textOverflow === 'ellipsis') return
    if (element.scrollWidth > element.clientWidth + 1) flaws.add(`${named(element)} is cut off`)
  }

  function lookAtLines(element: HTMLElement): void {
    if (!element.matches('p, li, dd')) return
    const lines =
      element.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(element).lineHeight)
    const text = element.textContent ?? ''
    const perLine = text.length / Math.round(lines)
    if (lines >= 3 && perLine > 76)
      flaws.add(`${named(element)} has ${Math.round(perLine)} characters a line`)
  }

  function isSeen(element: HTMLElement): boolean {
    if (element.closest('.visually-hidden, [aria-hidden="true"]')) return false
    const { width, height } = element.getBoundingClientRect()
    return (
      width > 1 && height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    )
  }

  function named(element: Element): string {
    return element.className && typeof element.className === 'string'
      ? `.${element.className.split(' ').join('.')}`
      : `${element.parentElement?.className || element.parentElement?.tagName} > ${element.tagName.toLowerCase()}`
  }

  function groundOf(element: Element | null): Colour {
    if (element === null) return [255, 255, 255, 1]
    const own = colourOf(getComputedStyle(element).backgroundColor)
    return own[3] === 1 ? own : over(own, groundOf(element.parentElement))
  }

  function colourOf(text: string): Colour {
    const found = known.get(text)
    if (found) return found
    if (!pixel) return [0, 0, 0, 1]
    pixel.clearRect(0, 0, 1, 1)
    pixel.fillStyle = text
    pixel.fillRect(0, 0, 1, 1)
    const [red = 0, green = 0, blue = 0, alpha = 0] = pixel.getImageData(0, 0, 1, 1).data
    const colour: Colour = [red, green, blue, alpha / 255]
    known.set(text, colour)
    return colour
  }

  function over([r, g, b, alpha]: Colour, [red, green, blue]: Colour): Colour {
    const mix = (above: number, below: number) => above * alpha + below * (1 - alpha)
    return [mix(r, red), mix(g, green), mix(b, blue), 1]
  }

  function contrast(first: Colour, second: Colour): number {
    const [low = 0, high = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }

  function luminance([red, green, blue]: Colour): number {
    const linear = (value: number) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }
}

type Colour = readonly [red: number, green: number, blue: number, alpha: number]
