// One attack, in a process of its own: its kind and its target as JSON; prints what became of it.
import { crowd, flood, joins, rush, type Target } from './attacks.ts'

const ATTACKS = { flood, crowd, joins, rush }
const { kind, ...target }: Target & { kind: keyof typeof ATTACKS } = JSON.parse(process.argv[2] ?? '')
const tried = await ATTACKS[kind](target)
process.stdout.write(JSON.stringify(tried), () => process.exit(0))
