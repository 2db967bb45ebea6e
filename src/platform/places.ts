/** Where objects are made, as an operator sets it before anyone has rooms. */
export interface PlaceConfig {
  /** Where all objects run and store what they hold. It is part of what finds an object: another one has other rooms. */
  JURISDICTION?: string
  /** Where new objects are made, if the platform can; otherwise near to who first asks. */
  LOCATION_HINT?: string
}

const JURISDICTIONS: readonly DurableObjectJurisdiction[] = ['eu', 'us', 'fedramp', 'fedramp-high']
const LOCATIONS: readonly DurableObjectLocationHint[] = [
  'wnam',
  'enam',
  'sam',
  'weur',
  'eeur',
  'apac',
  'apac-ne',
  'apac-se',
  'oc',
  'afr',
  'me',
]

/** What is asked of a namespace of objects. */
export interface Objects<Stub> {
  jurisdiction(name: DurableObjectJurisdiction): Objects<Stub>
  getByName(name: string, where?: { locationHint: DurableObjectLocationHint }): Stub
}

/** The object of this name, in the place that the operator has set. */
export function objectOf<Stub>(
  objects: Objects<Stub>,
  name: string,
  { JURISDICTION, LOCATION_HINT }: PlaceConfig,
): Stub {
  const jurisdiction = known(JURISDICTIONS, JURISDICTION, 'JURISDICTION')
  const locationHint = known(LOCATIONS, LOCATION_HINT, 'LOCATION_HINT')
  const within = jurisdiction === undefined ? objects : objects.jurisdiction(jurisdiction)
  return locationHint === undefined ? within.getByName(name) : within.getByName(name, { locationHint })
}

/** Throws on an unknown value: rooms must not be made in a place that nobody has chosen. */
function known<T extends string>(
  values: readonly T[],
  set: string | undefined,
  setting: string,
): T | undefined {
  if (set === undefined || set === '') return undefined
  const value = values.find((one) => one === set)
  if (value === undefined) throw new Error(`${setting} is none of ${values.join(', ')}`)
  return value
}
