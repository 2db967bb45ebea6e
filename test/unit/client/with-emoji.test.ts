import { expect, it } from 'vitest'
import { parseMarkdown } from '../../../client/markdown/parse-markdown.ts'
import { piecesOf } from '../../../client/markdown/read-text.ts'
import { withEmoji } from '../../../client/room/composer/with-emoji.ts'

const sent = (body: string) => withEmoji(body, piecesOf(parseMarkdown(body)))

it.each([
  [':smile:', '😄'],
  ['well :Tada: then', 'well 🎉 then'],
  [':+1::tada:', '👍🎉'],
  ['**:fire:** and :thumbsup:!', '**🔥** and 👍!'],
  ['- :rocket:\n- b', '- 🚀\n- b'],
  ['> :rocket:', '> 🚀'],
])('[EJ6] the names of emoji in %j are sent as emoji: %j', (body, becomes) => {
  expect(sent(body)).toBe(becomes)
})

it.each([
  ':no_such_emoji:',
  'at 10:30:45',
  'at 10:30:smile:',
  'std::fire::x and a::fire::',
  '`:smile:`',
  '```\n:smile:\n```',
  'https://example.org/:smile:/a',
  ':smile',
  'a:smile:',
  '',
])('[EJ7] %j is sent as it is', (body) => {
  expect(sent(body)).toBe(body)
})

it('[EJ8] the same name is an emoji in words and text in code', () => {
  expect(sent(':fire: `:fire:` :fire:\n```\n:fire:\n```\n:fire:')).toBe(
    '🔥 `:fire:` 🔥\n```\n:fire:\n```\n🔥',
  )
})
