import type { ModerationStrings, UsageFigures } from '../en/moderation.ts'
import { formatsOf } from '../formats.ts'

const { plural, list, named, money, percent, kilobytes } = formatsOf('ar')

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
  fingerprint: (mark) => `يظهر في هذه الغرفة بالعلامة ${named(mark)}، تحت أي اسم.`,
  loading: 'لحظة…',
  settings: 'الإعدادات',
  people: 'الأشخاص والأدوار',
  audit: 'سجل الإشراف',
  copyLink: 'انسخ الرابط',
  noOwner:
    'لا يملك أحد هذه الغرفة. يستطيع كل من لديه الرابط الانضمام، ولا يستطيع أحد قفلها أو إخراج غيره أو حذف رسائلهم.',
  ownerStays: 'أنت مالك هذه الغرفة. انقل ملكيتها إلى غيرك قبل أن تغادرها نهائيًّا.',
  roles: { owner: 'مالك', moderator: 'مشرف', member: 'عضو', reader: 'قارئ' },
  save: 'احفظ',
  saved: 'حُفظ.',
  field: {
    title: 'العنوان',
    titleMore: 'يظهر بدل الاسم الذي في الرابط.',
    welcome: 'الترحيب',
    welcomeMore: 'يظهر أولًا لمن ينضم.',
    access: 'من يستطيع الانضمام',
    open: 'كل من لديه الرابط',
    invite: 'من لديه رابط دعوة فقط',
    locked: 'مقفلة: لا ينضم أحد جديد',
    slow: 'الوضع البطيء',
    slowMore: 'كم ينتظر كل عضو بين رسالتين أو تعديلين أو تفاعلين بكلمات.',
    retention: 'مدة حفظ الرسائل',
  },
  slow: (ms) =>
    ms === 0
      ? 'متوقف'
      : ms < 60_000
        ? plural(ms / 1_000, { one: 'ثانية واحدة', two: 'ثانيتان', few: '# ثوانٍ', other: '# ثانية' })
        : plural(ms / 60_000, { one: 'دقيقة واحدة', two: 'دقيقتان', few: '# دقائق', other: '# دقيقة' }),
  retention: { '7d': '7 أيام', '30d': '30 يومًا', forever: 'حتى تُحذف' },
  retentionWarning: (kept) => `ستُحذف خلال يوم الرسائل التي مضى عليها أكثر من ${kept}. ولا يمكنك استرجاعها.`,
  inviteHint: 'من انضم من قبل ما زال يستطيع الانضمام. ولغيرهم أنشئ روابط دعوة.',
  transfer: 'نقل الملكية',
  transferMore: 'اختر الشخص ثم «اجعله المالك». وتصبح أنت مشرفًا.',

  linksMore:
    'يستطيع كل من يفتح رابط دعوة الانضمام، ما لم تكن الغرفة مقفلة. وإذا ألغيت الرابط فلن يستطيع الانضمام من فتحه ولم ينضم بعد. وتحتفظ المتصفحات بالروابط التي فُتحت في سجلّها، فلا تجعل الرابط يعمل أطول مما يلزم.',
  link: {
    role: 'ينضم صاحبه بدور',
    expires: 'يعمل لمدة',
    uses: 'يمكن استعماله',
    make: 'أنشئ رابطًا',
    made: 'انسخ الرابط الآن. لن يظهر مرة أخرى.',
    none: 'لا توجد روابط.',
    revoke: 'ألغِه',
    revoked: 'لم يعد هذا الرابط يعمل.',
    spans: { hour: 'ساعة', day: 'يوم', week: 'أسبوع', ever: 'غير محدودة' },
    times: (uses) =>
      uses === 0
        ? 'أي عدد من المرات'
        : plural(uses, { one: 'مرة واحدة', two: 'مرتين', few: '# مرات', other: '# مرة' }),
    left: (uses) =>
      uses === 0
        ? 'استُنفد'
        : plural(uses, { one: 'مرة أخرى', two: 'مرتين أخريين', few: '# مرات أخرى', other: '# مرة أخرى' }),
    waiting: (count) =>
      plural(count, {
        one: 'فتحه شخص واحد وما زال يستطيع الانضمام',
        two: 'فتحه شخصان وما زالا يستطيعان الانضمام',
        few: 'فتحه # أشخاص وما زالوا يستطيعون الانضمام',
        many: 'فتحه # شخصًا وما زالوا يستطيعون الانضمام',
        other: 'فتحه # شخص وما زالوا يستطيعون الانضمام',
      }),
    until: (moment) => `حتى ${moment}`,
    madeAt: (moment) => `أُنشئ: ${moment}`,
  },

  here: 'هنا',
  lastSeen: (day) => `آخر حضور: ${day}`,
  mutedUntil: (moment) => `مكتوم حتى ${moment}`,
  banned: 'ممنوع',
  bannedUntil: (moment) => `ممنوع حتى ${moment}`,
  reason: 'السبب',
  reasonMore: 'للمشرفين. يمكنك تركه فارغًا.',
  mute: 'اكتمه لمدة',
  unmute: 'ألغِ الكتم',
  kick: 'أخرِجه من الغرفة',
  kickMore: 'يستطيع الانضمام من جديد فورًا.',
  ban: 'امنعه',
  banFor: { day: 'ليوم واحد', ever: 'نهائيًّا' },
  network: 'امنع أيضًا القادمين الجدد من شبكته',
  unban: 'ألغِ المنع',
  role: 'الدور',
  makeOwner: 'اجعله المالك',
  makeOwnerConfirm: (name) => `أتنقل ملكية الغرفة إلى ${named(name)}؟ ستصبح مشرفًا.`,
  confirm: 'انقلها',
  cancel: 'إلغاء',
  spans: { tenMinutes: '10 دقائق', hour: 'ساعة واحدة', day: 'يوم واحد' },
  done: {
    kick: (name) => `أُخرج ${named(name)} من الغرفة.`,
    mute: (name) => `كُتم ${named(name)}.`,
    unmute: (name) => `أُلغي كتم ${named(name)}.`,
    ban: (name) => `مُنع ${named(name)} من الانضمام.`,
    unban: (name) => `أُلغي منع ${named(name)}.`,
    setRole: (name) => `صار لـ ${named(name)} دور جديد.`,
  },

  report: 'أبلغ عن هذه الرسالة',
  reportMore: 'سيرى المشرفون الرسالة، وسيرون أنك أبلغت عنها.',
  reportSend: 'أبلغ',
  reported: 'وصل البلاغ. شكرًا.',
  block: (name) => `احظر ${named(name)}`,
  blockMore: 'تُخفى رسائله عنك، ولا يستطيع دعوتك. ولا يُخبَر أحد بذلك.',
  blocked: (name) => `حظرت ${named(name)}.`,
  forget: 'احذفني من هذه الغرفة',
  forgetMore:
    'تُحذف رسائلك هنا لدى الجميع، مع اسمك ودورك ومكانك في الغرفة. وتبقى الردود التي تقتبس منك. لا يمكنك التراجع عن ذلك.',
  forgetConfirm: 'احذفني',

  erase: 'احذف هذه الغرفة',
  eraseMore:
    'يُحذف كل ما فيها فورًا لدى الجميع: الرسائل والأشخاص والروابط. ويُخرج كل من فيها. لا يمكنك التراجع عن ذلك.',
  eraseConfirm: 'احذفها نهائيًّا',

  auditNone: 'لا شيء بعد.',
  auditOlder: 'أظهر الأقدم',
  auditEntry: {
    set: (who, what) => `غيّر ${named(who)} الإعدادات: ${list(what)}`,
    kick: (who, whom) => `أخرج ${named(who)} ${named(whom)}`,
    mute: (who, whom, how) => `كتم ${named(who)} ${named(whom)} لمدة ${how}`,
    unmute: (who, whom) => `ألغى ${named(who)} كتم ${named(whom)}`,
    ban: (who, whom, how, network) =>
      `منع ${named(who)} ${named(whom)} من الانضمام ${how}${network ? '، مع شبكته' : ''}`,
    unban: (who, whom) => `ألغى ${named(who)} منع ${named(whom)}`,
    setRole: (who, whom, role) => `غيّر ${named(who)} دور ${named(whom)} إلى: ${role}`,
    makeLink: (who, role) => `أنشأ ${named(who)} رابط دعوة بدور: ${role}`,
    redeemLink: (who, role) => `فتح ${named(who)} رابط دعوة بدور: ${role}`,
    revokeLink: (who) => `ألغى ${named(who)} رابط دعوة`,
    report: (who, whom, others) => {
      const more = plural(others, {
        one: 'شخص آخر',
        two: 'شخصان آخران',
        few: '# أشخاص آخرون',
        many: '# شخصًا آخر',
        other: '# شخص آخر',
      })
      return `أبلغ ${named(who)}${others === 0 ? '' : ` و${more}`} عن رسالة من ${named(whom)}`
    },
    deleteChat: (who, whom) => `حذف ${named(who)} رسالة من ${named(whom)}`,
    editChat: (who, whom) => `عدّل ${named(who)} رسالة من ${named(whom)}`,
    other: (who, what) => `${named(who)}: ${named(what)}`,
    banUnclear: (who, whom, text) => `منع ${named(who)} ${named(whom)} من الانضمام، والمسجَّل: «${text}»`,
    because: (text, reason) => `${text}: ${reason}`,
    forSpan: (span) => `لمدة ${span}`,
    someone: 'شخص ما',
    someoneKnownBy: (mark) => `شخص ما (${named(mark)})`,
  },
  settingNames: {
    title: 'العنوان',
    welcome: 'الترحيب',
    locked: 'القفل',
    slowMs: 'الوضع البطيء',
    retention: 'مدة حفظ الرسائل',
    access: 'من يستطيع الانضمام',
  },
  duration: (ms) =>
    ms < 3_600_000
      ? minutes(Math.round(ms / 60_000))
      : ms < 86_400_000
        ? hours(Math.round(ms / 3_600_000))
        : days(Math.round(ms / 86_400_000)),

  cost: {
    title: 'كم تكلّف هذه الغرفة',
    loading: 'جارٍ الحساب…',
    failed: 'التكلفة غير متاحة الآن. حاول لاحقًا.',
    month: (dollars, pricesOf) =>
      `هذا الشهر ${dollars < 0.01 ? 'أقل من سنت' : named(money(dollars))}، بالأسعار المعلنة بتاريخ ${named(pricesOf)}، دون احتساب ما تشمله الخطط.`,
    today: (used: UsageFigures) =>
      `اليوم ${list([
        plural(used.messages, {
          one: 'رسالة واحدة',
          two: 'رسالتان',
          few: '# رسائل',
          other: '# رسالة',
        }),
        plural(used.rowsWritten, {
          one: 'صف مكتوب واحد',
          two: 'صفّان مكتوبان',
          few: '# صفوف مكتوبة',
          many: '# صفًّا مكتوبًا',
          other: '# صف مكتوب',
        }),
        plural(used.rowsRead, {
          one: 'صف مقروء واحد',
          two: 'صفّان مقروءان',
          few: '# صفوف مقروءة',
          many: '# صفًّا مقروءًا',
          other: '# صف مقروء',
        }),
        plural(Math.ceil(used.requests), {
          one: 'طلب واحد',
          two: 'طلبان',
          few: '# طلبات',
          many: '# طلبًا',
          other: '# طلب',
        }),
      ])}؛ نشطة نحو ${plural(Math.ceil(used.activeSeconds), {
        one: 'ثانية واحدة',
        two: 'ثانيتين',
        few: '# ثوانٍ',
        other: '# ثانية',
      })}.`,
    part: (part) => `هذا ${percent(part)} من الحصة اليومية للخطة المجانية.`,
    stored: (bytes) => `تخزّن ${kilobytes(bytes / 1_000)}.`,
    uncounted: (changes) =>
      plural(changes, {
        one: 'لم يُحسب تغيير آخر.',
        two: 'لم يُحسب تغييران آخران.',
        few: 'لم تُحسب # تغييرات أخرى.',
        many: 'لم يُحسب # تغييرًا آخر.',
        other: 'لم يُحسب # تغيير آخر.',
      }),
  },
}
