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

function standing(redeem?: () => Promise<ApiProblem | undefined>) {
  const askFacts = vi.fn(async () => facts)
  const openInside = vi.fn(() => new Promise<never>(() => {}))
  return { askFacts, openInside, ...createEntrance({ room: 'kitchen', askFacts, redeem, openInside }) }
}

it('[EC1] nothing is asked of a room before the link that one brings was shown to it', async () => {
  let letIn = (_?: ApiProblem) => {}
  const shown = new Promise<ApiProblem | undefined>((resolve) => {
    letIn = resolve
  })
  const { stage, askFacts } = standing(() => shown)
  expect([stage.value.kind, askFacts.mock.calls.length]).toEqual(['opening', 0])
  letIn()
  await settle()
  expect([stage.value.kind, askFacts.mock.calls.length]).toEqual(['outside', 1])
})

it('[EC2] a link that lets nobody in leads to a shut door', async () => {
  const { stage, askFacts } = standing(async () => ({ code: 'not-found', message: '' }))
  await settle()
  expect(stage.value).toMatchObject({ kind: 'closed', problem: { code: 'not-found' } })
  expect(askFacts).not.toHaveBeenCalled()
})

it('[EC3] the door bears the title of the room', async () => {
  const { title } = standing()
  expect(title.value).toBe('kitchen')
  await settle()
  expect(title.value).toBe('The kitchen')
})
