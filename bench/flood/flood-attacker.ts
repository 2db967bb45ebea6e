// Runs an attack in its own process. It takes its kind and target as JSON, and prints the outcome.
import { crowd, flood, joins, rush, type Target, worst } from './attacks.ts'

const ATTACKS = { flood, crowd, joins, rush, worst }
const { kind, ...target }: Target & { kind: keyof typeof ATTACKS } = JSON.parse(process.argv[2] ?? '')
const tried = await ATTACKS[kind](target)
process.stdout.write(JSON.stringify(tried), () => process.exit(0))
