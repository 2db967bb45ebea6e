import { LIMITS } from '../../../src/protocol/limits.ts'
import type { PresenceNames, RoomStrings } from '../en/room.ts'
import { formatsOf } from '../formats.ts'
import { doorAr } from './door.ts'

const { number, plural, list, named } = formatsOf('ar')

function someOf(names: readonly string[]): string {
  const others = names.length - 2
  if (others < 2) return list(names.map(named))
  return list([
    ...names.slice(0, 2).map(named),
    plural(others, { two: 'اثنان آخران', few: '# آخرون', other: '# آخرون' }),
  ])
}

function clausesOf(renamed: PresenceNames['renamed']): string[] {
  const others = renamed.length - 2
  const [few, more] = others < 2 ? [renamed, []] : [renamed.slice(0, 2), [others]]
  return [
    ...few.map(({ name, formerly = 'شخص ما' }) => `غيّر ${named(formerly)} اسمه إلى ${named(name)}`),
    ...more.map((count) =>
      plural(count, {
        two: 'غيّر اثنان آخران اسميهما',
        few: 'غيّر # آخرون أسماءهم',
        other: 'غيّر # آخرون أسماءهم',
      }),
    ),
  ]
}

function span(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  const rest = `${number(seconds % 60)} ث`
  return minutes === 0 ? rest : `${number(minutes)} د و${rest}`
}

function newMessages(count: number): string {
  return plural(count, {
    zero: 'لا رسائل جديدة',
    one: 'رسالة جديدة واحدة',
    two: 'رسالتان جديدتان',
    few: '# رسائل جديدة',
    other: '# رسالة جديدة',
  })
}

function persons(count: number): string {
  return plural(count, {
    zero: 'لا أحد',
    one: 'شخص واحد',
    two: 'شخصان',
    few: '# أشخاص',
    many: '# شخصًا',
    other: '# شخص',
  })
}

/** The strings of an open room, in Arabic. */
export const roomAr: RoomStrings = {
  rooms: {
    title: 'الغرف',
    openWith: (news) => `الغرف، ${news}`,
    many: (count) => `${count}+`,
    unread: (count, more) => (more ? `أكثر من ${number(count)} غير مقروءة` : `${number(count)} غير مقروءة`),
    mentioned: 'ذُكر اسمك',
    row: (title, news) => [title, ...news].join('، '),
    invitations: 'الدعوات',
    invited: (name) => `${named(name)} يدعوك`,
    dismissInvitation: (name) => `تجاهل دعوة ${named(name)}`,
    menu: (title) => `المزيد عن ${named(title)}`,
    switch: 'ابحث عن غرفة',
    key: (isMac) => (isMac ? '⌘K' : 'Ctrl K'),
    field: 'اسم غرفة',
    results: 'الغرف المطابقة',
    goTo: (room) => `اذهب إلى ${named(room)}`,
    invalidName: 'يتكوّن اسم الغرفة من الحروف اللاتينية a إلى z والأرقام والشُّرَط.',
    forget: 'غادِر وانسَ',
    forgetMore: 'تُزال الغرفة ومسودّتك وموضعك فيها من هذا المتصفح. وتبقى رسائلك في الغرفة.',
    unsent: (count) =>
      plural(count, {
        one: 'كتبت هناك رسالة لم تُرسل بعد، وستضيع.',
        two: 'كتبت هناك رسالتين لم تُرسلا بعد، وستضيعان.',
        few: 'كتبت هناك # رسائل لم تُرسل بعد، وستضيع.',
        other: 'كتبت هناك # رسالة لم تُرسل بعد، وستضيع.',
      }),
    forgetConfirm: 'انسَها مع ذلك',
    cancel: 'إلغاء',
    forgotten: (title) => `نُسيت ${named(title)}.`,
    home: 'الصفحة الأولى',
  },

  people: {
    label: 'من هنا',
    hereNow: 'هنا الآن',
    show: (count) => `${persons(count)} هنا`,
    more: (count) =>
      plural(count, { one: 'وواحد آخر', two: 'واثنان آخران', few: 'و# آخرون', other: 'و# آخرون' }),
    you: 'أنت',
    talkPrivately: (name) => `تحدّث مع ${named(name)} على انفراد`,
    opening: (name) => `جارٍ فتح غرفة خاصة مع ${named(name)}…`,
  },

  welcome: {
    label: 'رسالة ترحيب',
    dismiss: 'إخفاء',
  },

  code: {
    name: 'نص برمجي',
    copy: 'انسخ النص البرمجي',
    copied: 'نُسخ النص البرمجي',
    copyByHand: 'انسخ هذا النص البرمجي',
    showAll: (lines) =>
      plural(lines, {
        two: 'أظهر السطرين كليهما',
        few: 'أظهر الأسطر كلها (#)',
        other: 'أظهر الأسطر كلها (#)',
      }),
    showLess: 'أظهر أسطرًا أقل',
  },

  invite: {
    copy: 'انسخ الرابط',
    copied: 'نُسخ الرابط',
    copyByHand: 'انسخ هذا الرابط',
    share: 'شارك الرابط',
    emptyTitle: 'المكان هادئ هنا.',
    emptyText: 'أرسل هذا الرابط إلى أحد. يستطيع كل من يفتحه الانضمام.',
    emptyInvite: 'لا ينضم إلا من تلقّى دعوة.',
    emptyPrivate: (name) => `لا ينضم إلى هذه الغرفة إلا أنت و${named(name)}. ما تكتبه ينتظر ${named(name)}.`,
    emptyPrivateUnknown: 'لا ينضم إلى هذه الغرفة إلا أنتما.',
    card: (name) => `دعوة من ${named(name)}`,
    cardText: (name) => `يودّ ${named(name)} التحدّث معك على انفراد.`,
    accept: 'تحدّثا على انفراد',
    dismiss: 'تجاهلها',
  },

  timeline: {
    label: 'الرسائل',
    beginning: 'هنا بدأت المحادثة.',
    older: 'جارٍ تحميل رسائل أقدم…',
    toPresent: 'انتقل إلى أحدث الرسائل',
    presence: ({ joined, left, visited, renamed }) =>
      [
        joined.length > 0 ? `انضم ${someOf(joined)}` : '',
        left.length > 0 ? `غادر ${someOf(left)}` : '',
        visited.length > 0 ? `دخل وخرج ${someOf(visited)}` : '',
        ...clausesOf(renamed),
      ]
        .filter((clause) => clause !== '')
        .join('، '),
    newer: newMessages,
    edited: (editor) => (editor === undefined ? 'معدّلة' : `عدّلها ${named(editor)}`),
    deleted: 'حُذفت هذه الرسالة.',
    pending: 'قيد الإرسال',
    notSentYet: 'لم تُرسل بعد.',
    notSaved: 'لم تُرسل بعد ولم تُحفظ: متصفحك لا يقبل التخزين الآن. أبقِ هذا اللسان مفتوحًا.',
    takeBack: 'لا ترسلها',
    failed: 'لم تُرسل.',
    cannotPostUntil: (moment) => `لا تستطيع الكتابة هنا حتى ${moment}.`,
    folded: 'رسالة من شخص حظرته',
    unfold: 'أظهرها',
    fold: 'أخفِها',
    retry: 'حاول مرة أخرى',
    discard: 'تخلَّ عنها',
    keep: 'أبقِ الرسالة',
    inReplyTo: 'ردًّا على',
    quoteAbove: 'رسالة سابقة',
    messageGone: 'لم تعد هذه الرسالة هنا.',
    unread: 'جديد',
    unreadAbove: (count, isMore) => (isMore ? `أكثر من ${newMessages(count)}` : newMessages(count)),
    reaction: (emoji, count) => `${emoji}، عدد الأشخاص: ${number(count)}`,
    announced: (name, body) => `${named(name)}: ${body}`,
    announcedMany: (count, names) => `${newMessages(count)} من ${someOf(names)}`,
  },

  actions: {
    label: 'إجراءات الرسالة',
    react: (emoji) => `تفاعل بـ ${emoji}`,
    reactMore: 'تفاعل برمز تعبيري آخر',
    reply: 'رد',
    copyLink: 'انسخ رابط الرسالة',
    edit: 'عدّل',
    remove: 'احذف',
    removeConfirm: 'أتحذفها لدى الجميع؟',
  },

  typing: (names) =>
    names.length === 1
      ? `${someOf(names)} يكتب الآن`
      : names.length === 2
        ? `${someOf(names)} يكتبان الآن`
        : `${someOf(names)} يكتبون الآن`,

  composer: {
    label: 'رسالة',
    placeholder: 'اكتب رسالة',
    placeholderTo: (name) => `اكتب إلى ${named(name)}`,
    send: 'أرسل',
    editing: 'تعدّل رسالتك',
    replying: (name) => `ردًّا على ${named(name)}`,
    cancel: 'إلغاء',
    remaining: (count) =>
      plural(count, {
        zero: 'لم يبقَ أي حرف',
        one: 'بقي حرف واحد',
        two: 'بقي حرفان',
        few: 'بقيت # أحرف',
        many: 'بقي # حرفًا',
        other: 'بقي # حرف',
      }),
    tooLong: (count) =>
      plural(count, {
        one: 'زيادة حرف واحد',
        two: 'زيادة حرفين',
        few: 'زيادة # أحرف',
        many: 'زيادة # حرفًا',
        other: 'زيادة # حرف',
      }),
    choices: { person: 'الأشخاص', emoji: 'الرموز التعبيرية', command: 'الأوامر' },
    notStored: 'لم يستطع هذا المتصفح حفظ الرسالة. أُعيدت إلى الحقل: أرسلها مرة أخرى.',
    restriction: {
      reader: 'تستطيع قراءة الرسائل هنا، لا كتابتها.',
      slow: (seconds) => `تستطيع الكتابة مرة أخرى بعد ${span(seconds)}.`,
      queued: (seconds) => `تُرسل بعد ${span(seconds)}: الوضع البطيء مفعّل.`,
    },
    refused: {
      unknown: (command) =>
        `لا يوجد أمر باسم ${named(command)}. جرّب ${named('/help')}، أو ابدأ بمسافة لإرساله نصًّا.`,
      'no-text': (command) => `اكتب شيئًا بعد ${named(command)}.`,
      name: () => doorAr.join.nameInvalid,
      topic: () => `لا يزيد الموضوع على ${number(LIMITS.topicLength)} حرف.`,
    },
  },

  emoji: {
    open: 'الرموز التعبيرية',
    search: 'ابحث في الرموز التعبيرية',
    loading: 'جارٍ تحميل الرموز التعبيرية…',
    failed: 'تعذّر تحميل الرموز التعبيرية. أغلق هذا وحاول مرة أخرى.',
    none: 'لا رمز تعبيري بهذا الاسم.',
    found: 'النتائج',
    recent: 'المستعملة أخيرًا',
    groups: {
      smileys: 'وجوه',
      people: 'أشخاص وأيدٍ',
      hearts: 'قلوب ومشاعر',
      nature: 'طبيعة',
      food: 'طعام وشراب',
      doing: 'أنشطة وتنقّل',
      things: 'أشياء',
      signs: 'رموز',
    },
  },

  help: {
    title: 'ما يمكن كتابته',
    lines: [
      ['**غامق**  *مائل*  ~~مشطوب~~', 'نص غامق ومائل ومشطوب'],
      ['`code`  ```', 'نص برمجي في السطر؛ و``` في سطر وحدها تبدأ كتلة وتنهيها'],
      ['> كلام', 'اقتباس'],
      ['- واحد', 'قائمة؛ ابدأ بـ 1. لقائمة مرقّمة'],
      ['/me يلوّح', 'يقول ما تفعله الآن'],
      ['/nick Ann', 'يغيّر اسمك هنا'],
      ['/topic الغداء', 'يضبط موضوع الغرفة'],
      ['/invite Ben', 'يفتح غرفة خاصة لكما'],
      ['/help', 'يظهر هذه المساعدة'],
    ],
    keysTitle: 'المفاتيح',
    keys: (isMac) => [
      ['Shift Enter', 'يبدأ سطرًا جديدًا'],
      ['↑', 'في حقل فارغ: يعدّل آخر رسالة لك'],
      ['↑  ↓', 'بين الرسائل: ينتقل من واحدة إلى التالية'],
      ['Esc', 'يلغي ردًّا أو تعديلًا؛ ويغلق المفتوح'],
      [isMac ? '⌘ K' : 'Ctrl K', 'يبحث عن غرفة'],
      ['?', 'خارج الحقول: يظهر هذه المساعدة'],
    ],
  },

  connection: {
    offline: 'أنت غير متصل. ستُرسل رسائلك لاحقًا.',
    reconnecting: 'جارٍ إعادة الاتصال. ستُرسل رسائلك عندئذ.',
    full: 'الغرفة ممتلئة. ستنضم فور توفر مكان.',
    unavailable: 'لا يستقبل Hallway هذا رسائل الآن. ما تكتبه محفوظ ويُرسل لاحقًا.',
    'used-up': 'استنفد Hallway هذا حصة يومه. تُستأنف الكتابة بعد 00:00 UTC. ما تكتبه محفوظ.',
    'catching-up': 'جارٍ اللحاق بما فات…',
    restored: 'عاد الاتصال.',
  },

  refused: {
    editChat: 'لم يُحفظ التعديل.',
    deleteChat: 'لم تُحذف الرسالة.',
    react: 'لم يُحفظ التفاعل.',
    setTopic: 'لم يتغيّر الموضوع.',
  },

  problems: {
    'not-found': 'لم يعد هذا هنا.',
    muted: 'لا تستطيع الكتابة هنا في الوقت الحالي.',
    'rate-limited': 'كان ذلك أسرع مما ينبغي. انتظر لحظة ثم حاول مرة أخرى.',
    stale: 'هي أقدم من أن تُرسل مرة أخرى، وربما أُرسلت من قبل.',
    conflict: 'أُرسلت رسالة أخرى مكانها.',
    'too-large': 'هذا أطول مما ينبغي. اختصره وحاول مرة أخرى.',
    forbidden: 'لا يُسمح لك بذلك.',
    'limit-reached': 'بلغ العدد حدّه الأقصى.',
    'strangers-refused': 'لا يقبل هذا الشخص دعوات ممن لم يلتقِ بهم في غرفة خاصة.',
    unavailable: 'لا يستطيع Hallway هذا حفظ شيء الآن. حاول مرة أخرى لاحقًا.',
    unreachable: 'لم يستجب Hallway. تحقّق من الاتصال وحاول مرة أخرى.',
  },

  moderation: {
    yourSettings: 'إعداداتك',
    aboutRoom: 'عن هذه الغرفة',
    failed: 'تعذّر تحميل هذا. تحقّق من الاتصال وحاول مرة أخرى.',
    links: 'روابط الدعوة',
    aboutMember: (name) => `المزيد عن ${named(name)}`,
    reported: (name, reason) =>
      reason === '' ? `أبلغ ${named(name)} عن رسالة.` : `أبلغ ${named(name)} عن رسالة: ${reason}`,
    moreReports: (count) =>
      plural(count, {
        one: 'رسالة أخرى',
        two: 'رسالتان أخريان',
        few: '# رسائل أخرى',
        many: '# رسالة أخرى',
        other: '# رسالة أخرى',
      }),
    showReport: 'أظهر الرسالة',
    showReports: 'أظهر الكل',
    dismissReport: 'تجاهله',
    unblock: (name) => `ألغِ حظر ${named(name)}`,
    unblocked: (name) => `ألغيت حظر ${named(name)}.`,
  },
}
