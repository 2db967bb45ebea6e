import { blast } from './kinds/blast.ts'
import { fill } from './kinds/fill.ts'
import { idle } from './kinds/idle.ts'
import { joins } from './kinds/joins.ts'
import { open } from './kinds/open.ts'
import { pace } from './kinds/pace.ts'
import { rows } from './kinds/rows.ts'
import { soak } from './kinds/soak.ts'
import { talk } from './kinds/talk.ts'
import type { Load, Measured } from './load.ts'
import type { Target } from './load-person.ts'

export async function run(target: Target, load: Load): Promise<Measured> {
  switch (load.kind) {
    case 'talk':
      return { figures: await talk(target, load) }
    case 'pace':
      return { figures: await pace(target, load) }
    case 'joins':
      return { figures: await joins(target, load) }
    case 'idle':
      return { figures: await idle(target, load) }
    case 'open':
      return { figures: await open(target, load) }
    case 'fill':
      return { figures: await fill(target, load) }
    case 'blast':
      return { figures: await blast(target, load) }
    case 'rows':
      return { figures: await rows(target, load) }
    case 'soak':
      return soak(target, load)
    default:
      return load satisfies never
  }
}
