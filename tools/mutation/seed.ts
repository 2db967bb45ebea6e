import fc from 'fast-check'

// With random seeds, the same mutant could be caught in one run and survive the next.
fc.configureGlobal({ seed: 1 })
