import { speakOfAttention } from '../../../client/strings/attention.ts'
import { attentionEn } from '../../../client/strings/attention-en.ts'
import { en } from '../../../client/strings/en.ts'
import { speakOfHouse } from '../../../client/strings/house.ts'
import { houseEn } from '../../../client/strings/house-en.ts'
import { speakOfIdentity } from '../../../client/strings/identity.ts'
import { identityEn } from '../../../client/strings/identity-en.ts'
import { insideEn } from '../../../client/strings/inside-en.ts'
import { speak } from '../../../client/strings/strings.ts'

// What main.ts does for the page.
speak(en)
speak(insideEn)
speakOfAttention(attentionEn)
speakOfHouse(houseEn)
speakOfIdentity(identityEn)
