import type { SettingsStrings } from '../en/settings.ts'
import { formatsOf } from '../formats.ts'

const { named } = formatsOf('ar')

export const settingsAr: SettingsStrings = {
  title: 'الإعدادات',
  name: 'اسمك المعتاد',
  nameMore: 'به تدخل الغرف التي لا تعرفك بعد. وحيث تُعرف يبقى اسمك.',
  save: 'احفظ',
  saved: 'حُفظ.',
  theme: 'الألوان',
  themes: { system: 'كالجهاز', light: 'فاتحة', dark: 'داكنة' },
  language: 'اللغة',
  languageAuto: 'كالمتصفح',
  languageUse: 'استخدام هذه اللغة',
  blocked: 'من حظرتهم في هذه الغرفة',
  nobodyBlocked: 'لم تحظر أحدًا هنا.',
  device: 'هذا الجهاز',
  deviceMore: 'كن أنت على جهاز آخر، أو اخرج من هذا الجهاز.',
  deleteAll: 'احذف كل ما يُعرف عني',
  deleteMore:
    'تمحو كل غرفة ما زال هذا المتصفح يعرفها رسائلك واسمك لدى الجميع. ثم ينسى هذا المتصفح من تكون وكل ما حفظه. ولا تُسأل الغرف التي لم يعد يعرفها، ولا يستطيع أحد استرجاع شيء من ذلك.',
  deleteConfirm: 'احذف كل شيء',
  signOutAnyway: 'اخرج مع ذلك',
  deleting: (room) => `جارٍ سؤال ${named(room)}…`,
  notDeleted: (room, why) => `${named(room)}: ${why}`,
  someNotDeleted: 'لم تنسك هذه الغرف. حاول مرة أخرى، أو اخرج مع ذلك: وعندئذ لا يستطيع أحد أن يسألها بعد.',
  cancel: 'تراجع',
}
