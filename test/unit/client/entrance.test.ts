import { expect, it, vi } from 'vitest'
import { createEntrance } from '../../../client/entrance/entrance.ts'
import type { ApiProblem, FactsAnswer } from '../../../client/net/api.ts'
import { settle } from '../session/fake-clock.ts'

const facts: FactsAnswer = {
  kind: 'facts',
  facts: {
    room: 'kitchen',
    title: 'The kitchen',
    topic: '',
    access: 'invite',
    online: 1,
    seq: 3,
    epoch: 'e',
    retention: '7d',
  },
}

function create(redeem?: () => Promise<ApiProblem | undefined>) {
  const askFacts = vi.fn(async () => facts)
  const openInside = vi.fn(() => new Promise<never>(() => {}))
  return { askFacts, openInside, ...createEntrance({ room: 'kitchen', askFacts, redeem, openInside }) }
}

it('[EC1] an invite link is redeemed before anything else is requested', async () => {
  let accept = (_?: ApiProblem) => {}
  const redeemed = new Promise<ApiProblem | undefined>((resolve) => {
    accept = resolve
  })
  const { stage, askFacts } = create(() => redeemed)
  expect([stage.value.kind, askFacts.mock.calls.length]).toEqual(['opening', 0])
  accept()
  await settle()
  expect([stage.value.kind, askFacts.mock.calls.length]).toEqual(['outside', 1])
})

it('[EC2] a link that is not accepted leads to a closed page', async () => {
  const { stage, askFacts } = create(async () => ({ code: 'not-found', message: '' }))
  await settle()
  expect(stage.value).toMatchObject({ kind: 'closed', problem: { code: 'not-found' } })
  expect(askFacts).not.toHaveBeenCalled()
})

it('[EC3] the entrance shows the room’s title', async () => {
  const { title } = create()
  expect(title.value).toBe('kitchen')
  await settle()
  expect(title.value).toBe('The kitchen')
})
