import type { SettingsStrings } from '../en/settings.ts'
import { formatsOf } from '../formats.ts'

const { named } = formatsOf('ar')

export const settingsAr: SettingsStrings = {
  title: 'الإعدادات',
  name: 'اسمك المعتاد',
  nameMore: 'يُستخدم في الغرف الجديدة عليك. ويبقى اسمك في غيرها كما هو.',
  save: 'احفظ',
  saved: 'حُفظ.',
  theme: 'الألوان',
  themes: { system: 'كالجهاز', light: 'فاتحة', dark: 'داكنة' },
  language: 'اللغة',
  languageAuto: 'كالمتصفح',
  languageUse: 'استخدام هذه اللغة',
  blocked: 'من حظرتهم في هذه الغرفة',
  nobodyBlocked: 'لم تحظر أحدًا هنا.',
  refuseStrangers: 'ارفض دعوات الغرباء في هذه الغرفة',
  refuseStrangersMore:
    'لا يستطيع دعوتك من جديد إلا من التقيت به من هنا في غرفة خاصة. وتُزال دعوات غيرهم المنتظرة.',
  device: 'هذا الجهاز',
  deviceMore: 'استخدم جهازًا آخر، أو سجّل الخروج من هذا الجهاز.',
  deleteAll: 'احذف بياناتي',
  deleteMore:
    'تُحذف رسائلك واسمك لدى الجميع من كل غرفة في قائمة هذا المتصفح. ثم يُسجَّل خروجك ويُحذف كل ما حُفظ في هذا المتصفح. والغرف التي لم تعد في القائمة تحتفظ ببياناتك. لا يمكنك التراجع عن ذلك.',
  deleteConfirm: 'احذف كل شيء',
  signOutAnyway: 'سجّل الخروج مع ذلك',
  deleting: (room) => `جارٍ الحذف من ${named(room)}…`,
  notDeleted: (room, why) => `${named(room)}: ${why}`,
  someNotDeleted: 'لم تحذف هذه الغرف بياناتك. حاول مرة أخرى، أو سجّل الخروج مع ذلك: وبعدها لا يمكنك حذفها.',
  cancel: 'إلغاء',
}
