const NOTES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.09 },
]
const LENGTH_S = 0.25
const LOUD = 0.08

let context: AudioContext | undefined

/** Two soft notes. Browsers play nothing before a first click or key. */
export function playSound(): void {
  context ??= openContext()
  if (context === undefined) return
  context.resume().catch(() => {})
  for (const { hertz, at } of NOTES) {
    const start = context.currentTime + at
    const tone = new OscillatorNode(context, { frequency: hertz })
    const level = new GainNode(context, { gain: 0 })
    level.gain.setValueAtTime(LOUD, start)
    level.gain.exponentialRampToValueAtTime(0.001, start + LENGTH_S)
    tone.connect(level).connect(context.destination)
    tone.start(start)
    tone.stop(start + LENGTH_S)
  }
}

/** A browser may refuse one: too many are open, or there is no device. */
function openContext(): AudioContext | undefined {
  try {
    return new AudioContext()
  } catch {
    return undefined
  }
}
