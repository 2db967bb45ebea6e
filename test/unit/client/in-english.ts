import { en } from '../../../client/i18n/en/door.ts'
import { identityEn } from '../../../client/i18n/en/identity.ts'
import { houseEn } from '../../../client/i18n/en/moderation.ts'
import { attentionEn } from '../../../client/i18n/en/notifications.ts'
import { insideEn } from '../../../client/i18n/en/room.ts'
import { speakOfIdentity } from '../../../client/i18n/identity-strings.ts'
import { speakOfHouse } from '../../../client/i18n/moderation-strings.ts'
import { speakOfAttention } from '../../../client/i18n/notification-strings.ts'
import { speak } from '../../../client/i18n/strings.ts'

// What main.ts does for the page.
speak(en)
speak(insideEn)
speakOfAttention(attentionEn)
speakOfHouse(houseEn)
speakOfIdentity(identityEn)
