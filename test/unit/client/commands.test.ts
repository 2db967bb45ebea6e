import { expect, test } from 'vitest'
import { parseComposerInput } from '../../../client/room/composer/commands.ts'

test.each([
  ['\n \n  hello\nyou ', { kind: 'message', body: '  hello\nyou' }],
  ['    return x', { kind: 'message', body: '    return x' }],
  ['/me waves', { kind: 'message', body: '_waves_' }],
  ['/me waves\n\n and goes', { kind: 'message', body: '_waves_\n\n_and goes_' }],
  ['/topic  Lunch at one ', { kind: 'topic', topic: 'Lunch at one' }],
  ['/NICK Ann  Lee', { kind: 'rename', username: 'Ann Lee' }],
  ['/invite Ben', { kind: 'invite', username: 'Ben' }],
  ['/help', { kind: 'help', rest: '' }],
  ['/HELP with this, please', { kind: 'help', rest: 'with this, please' }],
  // Its own sign is not the text’s.
  ['/me shrugs ¯\\_(ツ)_/¯', { kind: 'message', body: '*shrugs ¯\\_(ツ)_/¯*' }],
  ['/me says *hm* ', { kind: 'message', body: '_says *hm*_' }],
])('[CMD1] the input %j', (text, typed) => {
  expect(parseComposerInput(text)).toEqual(typed)
})

test.each([' /me waves', '/etc/hosts', '//me', '/', '/ me', '/2', '1/2', '/me2 x', 'see /help'])(
  '[CMD2] %j is a message',
  (text) => {
    expect(parseComposerInput(text)).toEqual({ kind: 'message', body: text })
  },
)

test.each([
  ['/shout', 'unknown', '/shout'],
  ['/Shout it out', 'unknown', '/shout'],
  ['/me', 'no-text', '/me'],
  ['/topic \n ', 'no-text', '/topic'],
  ['/nick \u202e', 'name', '/nick'],
  [`/nick ${'n'.repeat(33)}`, 'name', '/nick'],
  [`/topic ${'t'.repeat(251)}`, 'topic', '/topic'],
])('[CMD3] %j is refused', (text, why, command) => {
  expect(parseComposerInput(text)).toEqual({ kind: 'refused', why, command })
})

test('[CMD4] a topic may be as long as the room’s limit', () => {
  expect(parseComposerInput(`/topic ${'t'.repeat(250)}`)).toEqual({ kind: 'topic', topic: 't'.repeat(250) })
})

test('[CMD9] a topic typed on several lines becomes one', () => {
  expect(parseComposerInput('/topic Tea\nand \t cake')).toEqual({ kind: 'topic', topic: 'Tea and cake' })
})
