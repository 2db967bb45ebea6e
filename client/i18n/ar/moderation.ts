import type { ModerationStrings } from '../en/moderation.ts'
import { formatsOf } from '../formats.ts'

const { plural, list, named } = formatsOf('ar')

function minutes(count: number): string {
  return plural(count, { one: 'دقيقة واحدة', two: 'دقيقتين', few: '# دقائق', other: '# دقيقة' })
}

function hours(count: number): string {
  return plural(count, { one: 'ساعة واحدة', two: 'ساعتين', few: '# ساعات', other: '# ساعة' })
}

function days(count: number): string {
  return plural(count, { one: 'يوم واحد', two: 'يومين', few: '# أيام', many: '# يومًا', other: '# يوم' })
}

export const moderationAr: ModerationStrings = {
  fingerprint: (mark) => `يُعرف هنا بـ ${named(mark)}، أيًّا كان الاسم الذي يتخذه.`,
  loading: 'لحظة…',
  settings: 'الإعدادات',
  people: 'الأشخاص والأدوار',
  audit: 'ما جرى',
  copyLink: 'انسخ الرابط',
  noOwner:
    'لا يملك أحد هذه الغرفة: بدأت باسمها. كل من لديه الرابط يستطيع الدخول، ولا يستطيع أحد قفلها أو إخراج غيره أو حذف ما قالوه.',
  ownerStays: 'أنت مالك هذه الغرفة. لمغادرتها نهائيًّا سلّمها إلى غيرك أولًا.',
  roles: { owner: 'مالك', moderator: 'مشرف', member: 'عضو', reader: 'قارئ' },
  save: 'احفظ',
  saved: 'حُفظ.',
  field: {
    title: 'العنوان',
    titleMore: 'يظهر بدل الاسم الذي في الرابط.',
    welcome: 'الترحيب',
    welcomeMore: 'أول ما يقرؤه القادمون الجدد.',
    access: 'من يستطيع الدخول',
    open: 'كل من لديه الرابط',
    invite: 'برابط دعوة فقط',
    locked: 'مقفلة: لا يدخل أحد جديد',
    slow: 'الوضع البطيء',
    slowMore: 'كم ينتظر كل عضو بين رسالتين.',
    retention: 'مدة حفظ الرسائل',
  },
  slow: (ms) =>
    ms === 0
      ? 'متوقف'
      : ms < 60_000
        ? plural(ms / 1_000, { one: 'ثانية واحدة', two: 'ثانيتان', few: '# ثوانٍ', other: '# ثانية' })
        : plural(ms / 60_000, { one: 'دقيقة واحدة', two: 'دقيقتان', few: '# دقائق', other: '# دقيقة' }),
  retention: { '7d': '7 أيام', '30d': '30 يومًا', forever: 'حتى تُحذف' },
  retentionWarning: (kept) =>
    `تُمحى عندئذ خلال يوم الرسائل التي مضى عليها أكثر من ${kept}، ولا يمكن استرجاعها.`,
  inviteHint: 'من دخل من قبل يستطيع الدخول. ولغيرهم أنشئ روابط دعوة.',
  transfer: 'سلّم الغرفة',
  transferMore: 'اختر الشخص ثم «اجعله المالك». وتصبح أنت مشرفًا.',

  linksMore: 'كل من يفتح رابطًا كهذا يدخل حيث لا يدخل غيره، إلا إذا كان الباب مقفلًا.',
  link: {
    role: 'يدخل صاحبه بدور',
    expires: 'يعمل لمدة',
    uses: 'يمكن استعماله',
    make: 'أنشئ رابطًا',
    made: 'ها هو. لا يظهر إلا الآن، فانسخه.',
    none: 'لا توجد روابط.',
    revoke: 'اسحبه',
    revoked: 'لم يعد هذا الرابط يعمل.',
    spans: { hour: 'ساعة', day: 'يوم', week: 'أسبوع', ever: 'بلا نهاية' },
    times: (uses) =>
      uses === 0
        ? 'أي عدد من المرات'
        : plural(uses, { one: 'مرة واحدة', two: 'مرتين', few: '# مرات', other: '# مرة' }),
    left: (uses) =>
      plural(uses, { one: 'مرة أخرى', two: 'مرتين أخريين', few: '# مرات أخرى', other: '# مرة أخرى' }),
    until: (moment) => `حتى ${moment}`,
    madeAt: (moment) => `أُنشئ: ${moment}`,
  },

  here: 'هنا',
  lastSeen: (day) => `آخر حضور: ${day}`,
  mutedUntil: (moment) => `صامت حتى ${moment}`,
  banned: 'محظور',
  bannedUntil: (moment) => `محظور حتى ${moment}`,
  reason: 'السبب',
  reasonMore: 'لمن يعتنون بالغرفة. لست ملزمًا بذكره.',
  mute: 'أسكته لمدة',
  unmute: 'دعه يكتب من جديد',
  kick: 'أخرِجه',
  kickMore: 'يستطيع العودة فورًا.',
  ban: 'امنعه من الدخول',
  banFor: { day: 'ليوم واحد', ever: 'نهائيًّا' },
  network: 'امنع أيضًا القادمين الجدد من شبكته',
  unban: 'اسمح له بالدخول من جديد',
  role: 'الدور',
  makeOwner: 'اجعله المالك',
  makeOwnerConfirm: (name) => `أتسلّم الغرفة إلى ${named(name)}؟ ستصبح مشرفًا.`,
  confirm: 'نعم، افعل',
  cancel: 'تراجع',
  spans: { tenMinutes: '10 دقائق', hour: 'ساعة واحدة', day: 'يوم واحد' },
  done: {
    kick: (name) => `أُخرج ${named(name)}.`,
    mute: (name) => `أُسكت ${named(name)}.`,
    unmute: (name) => `يستطيع ${named(name)} الكتابة من جديد.`,
    ban: (name) => `مُنع ${named(name)} من الدخول.`,
    unban: (name) => `يستطيع ${named(name)} الدخول من جديد.`,
    setRole: (name) => `صار لـ ${named(name)} دور آخر.`,
  },

  report: 'أبلغ عن هذه الرسالة',
  reportMore: 'سيراها من يعتنون بهذه الغرفة، وسيرون أنك أبلغت عنها.',
  reportSend: 'أبلغ',
  reported: 'وصل البلاغ. شكرًا.',
  block: (name) => `احظر ${named(name)}`,
  blockMore: 'لا ترى رسائله إلا إذا طلبت، ولا يستطيع دعوتك. ولا يُخبَر أحد بذلك.',
  blocked: (name) => `حظرت ${named(name)}.`,
  forget: 'لتنسَني هذه الغرفة',
  forgetMore:
    'تُمحى رسائلك هنا لدى الجميع، ويزول اسمك ودورك ومكانك في الغرفة. والردود التي تقتبس منك تبقى لدى من كتبوها. لا رجعة في ذلك.',
  forgetConfirm: 'انسوني',

  erase: 'احذف هذه الغرفة',
  eraseMore:
    'يزول كل ما فيها لدى الجميع وفورًا: الرسائل والأشخاص والروابط. لا يستطيع أحد استرجاعها، ويُخرج كل من فيها.',
  eraseConfirm: 'احذفها نهائيًّا',

  auditNone: 'لا شيء بعد.',
  auditOlder: 'أظهر الأقدم',
  auditEntry: {
    set: (who, what) => `غيّر ${named(who)} الإعدادات: ${list(what)}`,
    kick: (who, whom) => `أخرج ${named(who)} ${named(whom)}`,
    mute: (who, whom, how) => `أسكت ${named(who)} ${named(whom)} لمدة ${how}`,
    unmute: (who, whom) => `سمح ${named(who)} لـ ${named(whom)} بالكتابة من جديد`,
    ban: (who, whom, how, network) =>
      `منع ${named(who)} ${named(whom)} من الدخول ${how}${network ? '، مع شبكته' : ''}`,
    unban: (who, whom) => `سمح ${named(who)} لـ ${named(whom)} بالدخول من جديد`,
    setRole: (who, whom, role) => `غيّر ${named(who)} دور ${named(whom)} إلى: ${role}`,
    makeLink: (who, role) => `أنشأ ${named(who)} رابطًا بدور: ${role}`,
    revokeLink: (who) => `سحب ${named(who)} رابطًا`,
    report: (who, whom) => `أبلغ ${named(who)} عن رسالة من ${named(whom)}`,
    deleteChat: (who, whom) => `حذف ${named(who)} رسالة من ${named(whom)}`,
    editChat: (who, whom) => `عدّل ${named(who)} رسالة من ${named(whom)}`,
    other: (who, what) => `${named(who)}: ${named(what)}`,
    because: (said, reason) => `${said}: ${reason}`,
    forSpan: (span) => `لمدة ${span}`,
    someone: 'شخص ما',
  },
  settingNames: {
    title: 'العنوان',
    welcome: 'الترحيب',
    locked: 'القفل',
    slowMs: 'الوضع البطيء',
    retention: 'مدة حفظ الرسائل',
    access: 'من يستطيع الدخول',
  },
  duration: (ms) =>
    ms < 3_600_000
      ? minutes(Math.round(ms / 60_000))
      : ms < 86_400_000
        ? hours(Math.round(ms / 3_600_000))
        : days(Math.round(ms / 86_400_000)),
}
