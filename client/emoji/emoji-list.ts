/** An emoji and its names. The first one is shown. */
export interface Emoji {
  readonly sign: string
  readonly names: readonly string[]
}

/** Common emoji in groups: each sign with its names, in the order they are offered. */
const GROUPS = {
  smileys:
    '😀 grinning, 😃 smiley happy, 😄 smile, 😁 grin, 😆 laughing satisfied, 😅 sweat_smile, 😂 joy tears lol, 🤣 rofl, 🙂 slightly_smiling, 🙃 upside_down, 😉 wink, 😊 blush, 😇 innocent angel_face, 🥰 smiling_hearts, 😍 heart_eyes, 🤩 star_struck, 😘 kissing_heart, 😗 kissing, 😙 kissing_smiling, 😋 yum delicious, 😛 stuck_out_tongue, 😜 winking_tongue, 🤪 zany, 😝 squinting_tongue, 🤗 hugs hugging, 🤭 hand_over_mouth, 🤫 shushing, 🤔 thinking, 🫡 salute, 🤐 zipper_mouth, 🤨 raised_eyebrow, 😐 neutral, 😑 expressionless, 😶 no_mouth, 🫠 melting, 😏 smirk, 😒 unamused, 🙄 rolling_eyes, 😬 grimacing, 🤥 lying, 😌 relieved, 😔 pensive, 😪 sleepy, 🤤 drooling, 😴 sleeping zzz_face, 😷 mask, 🤒 thermometer, 🤕 bandage, 🤢 nauseated, 🤮 vomiting, 🤧 sneezing, 🥵 hot_face, 🥶 cold_face, 🥴 woozy, 😵 dizzy_face, 🤯 exploding_head mind_blown, 🤠 cowboy, 🥳 partying, 😎 sunglasses cool, 🤓 nerd, 🧐 monocle, 😕 confused, 😟 worried, 🙁 frowning, 😮 open_mouth wow, 😯 hushed, 😲 astonished, 😳 flushed, 🥺 pleading, 🥹 holding_tears, 😨 fearful, 😰 cold_sweat, 😥 disappointed_relieved, 😢 cry, 😭 sob, 😱 scream, 😖 confounded, 😣 persevere, 😞 disappointed, 😓 sweat, 😩 weary, 😫 tired, 🥱 yawning, 😤 triumph, 😡 rage pouting, 😠 angry, 🤬 cursing, 😈 smiling_imp, 👿 imp, 💀 skull dead, 💩 poop, 🤡 clown, 👻 ghost, 👽 alien, 🤖 robot',
  people:
    '👍 thumbs_up +1 yes, 👎 thumbs_down -1 no, 👌 ok_hand, 🤌 pinched_fingers, 🤏 pinching, ✌️ victory peace, 🤞 crossed_fingers, 🤟 love_you, 🤘 rock_on, 🤙 call_me, 👈 point_left, 👉 point_right, 👆 point_up, 👇 point_down, ☝️ index_up, 👋 wave hello, ✋ raised_hand, 🖖 vulcan, 👏 clap, 🙌 raised_hands hooray, 🫶 heart_hands, 👐 open_hands, 🤲 palms_up, 🤝 handshake, 🙏 pray thanks please, ✍️ writing, 💅 nail_polish, 💪 muscle strong, 👊 fist_bump, ✊ raised_fist, 👀 eyes look, 👁️ eye, 🧠 brain, 👂 ear, 👃 nose, 👄 mouth, 👶 baby, 🧒 child, 🧑 person, 👩 woman, 👨 man, 🧓 older_person, 🤷 shrug, 🤦 facepalm, 🙋 raising_hand, 🙅 no_good, 🙆 ok_person, 🙇 bow, 💁 tipping_hand, 🚶 walking, 🏃 running, 💃 dancer dancing, 🕺 man_dancing, 🧘 meditation, 🛌 in_bed, 👮 police, 🕵️ detective, 👷 builder, 🧑‍💻 technologist coder, 🧑‍🍳 cook, 🧑‍🚀 astronaut, 🦸 superhero, 🧙 mage wizard, 🎅 santa, 👪 family',
  hearts:
    '❤️ heart red_heart love, 🧡 orange_heart, 💛 yellow_heart, 💚 green_heart, 💙 blue_heart, 💜 purple_heart, 🖤 black_heart, 🤍 white_heart, 🤎 brown_heart, 💔 broken_heart, 💕 two_hearts, 💖 sparkling_heart, 💗 growing_heart, 💘 cupid, 💋 kiss, 💯 hundred 100, 💢 anger, 💥 boom collision, 💫 dizzy, 💦 splash, 💨 dash, 💬 speech, 💭 thought, 💤 zzz',
  nature:
    '🐶 dog, 🐱 cat, 🐭 mouse, 🐹 hamster, 🐰 rabbit bunny, 🦊 fox, 🐻 bear, 🐼 panda, 🐨 koala, 🐯 tiger, 🦁 lion, 🐮 cow, 🐷 pig, 🐸 frog, 🐵 monkey, 🙈 see_no_evil, 🙉 hear_no_evil, 🙊 speak_no_evil, 🐔 chicken, 🐧 penguin, 🐦 bird, 🦆 duck, 🦉 owl, 🐴 horse, 🦄 unicorn, 🐝 bee, 🐛 bug, 🦋 butterfly, 🐌 snail, 🐢 turtle, 🐍 snake, 🐙 octopus, 🦀 crab, 🐟 fish, 🐬 dolphin, 🐳 whale, 🦈 shark, 🐘 elephant, 🦥 sloth, 🦔 hedgehog, 🌵 cactus, 🎄 christmas_tree, 🌲 evergreen, 🌳 tree, 🌴 palm_tree, 🌱 seedling, 🍀 four_leaf_clover luck, 🍁 maple_leaf, 🍂 fallen_leaf autumn, 🍄 mushroom, 💐 bouquet, 🌹 rose, 🌸 cherry_blossom, 🌻 sunflower, 🌷 tulip, 🌍 earth world, 🌙 moon, ☀️ sun, ⭐ star, 🌟 glowing_star, ✨ sparkles, ⚡ zap lightning, 🔥 fire hot, 🌈 rainbow, ☁️ cloud, 🌧️ rain, ❄️ snowflake, ⛄ snowman, 🌊 ocean',
  food: '🍎 apple, 🍌 banana, 🍇 grapes, 🍓 strawberry, 🍒 cherries, 🍑 peach, 🍍 pineapple, 🥑 avocado, 🍅 tomato, 🥕 carrot, 🌽 corn, 🌶️ hot_pepper, 🥔 potato, 🍞 bread, 🥐 croissant, 🧀 cheese, 🥚 egg, 🥓 bacon, 🥞 pancakes, 🍔 hamburger burger, 🍟 fries, 🍕 pizza, 🌭 hotdog, 🥪 sandwich, 🌮 taco, 🥗 salad, 🍝 spaghetti pasta, 🍜 ramen noodles, 🍣 sushi, 🍦 ice_cream, 🍩 doughnut donut, 🍪 cookie, 🎂 birthday_cake, 🍰 cake, 🍫 chocolate, 🍬 candy, 🍿 popcorn, ☕ coffee, 🍵 tea, 🥛 milk, 🍺 beer, 🍻 beers cheers, 🥂 clinking_glasses, 🍷 wine, 🍸 cocktail, 🍾 champagne, 🧃 juice',
  doing:
    '🎉 tada party, 🎊 confetti, 🎈 balloon, 🎁 gift present, 🏆 trophy, 🥇 first_place gold, 🥈 second_place, 🥉 third_place, ⚽ soccer football, 🏀 basketball, 🎾 tennis, 🏓 ping_pong, 🎯 dart bullseye, 🎮 video_game, 🎲 die dice, 🧩 puzzle, ♟️ chess, 🎨 art, 🎤 microphone, 🎧 headphones, 🎵 music note, 🎸 guitar, 🎹 piano, 🥁 drum, 🎬 clapper film, 🎃 pumpkin halloween, 🏊 swimming, 🚴 biking, 🧗 climbing, 🚗 car, 🚕 taxi, 🚌 bus, 🚲 bike bicycle, 🚂 train, ✈️ airplane, 🚀 rocket ship_it, ⛵ sailboat, 🚢 ship, 🏠 house home, 🏢 office, 🏥 hospital, 🏖️ beach, ⛺ tent camping, 🏔️ mountain, 🗺️ map',
  things:
    '⌚ watch, 📱 phone, 💻 laptop computer, ⌨️ keyboard, 🖨️ printer, 📷 camera, 📺 tv, ⏰ alarm_clock, ⏳ hourglass, 🔋 battery, 🔌 plug, 💡 bulb idea, 🔦 flashlight, 🕯️ candle, 💸 money_wings, 💰 money_bag, 💳 credit_card, 🔧 wrench, 🔨 hammer, 🛠️ tools, ⚙️ gear, 🧪 test_tube, 🔬 microscope, 💊 pill, 🚪 door, 🛏️ bed, 🛒 cart, 📦 package, ✉️ envelope mail, 📝 memo, 📁 folder, 📅 calendar date, 📈 chart_up, 📉 chart_down, 📌 pushpin pin, 📎 paperclip, ✂️ scissors, 🗑️ wastebasket trash, 🔒 lock, 🔓 unlock, 🔑 key, 📚 books, 📖 book, 🔗 link, 🔔 bell, 🔕 no_bell, 📣 megaphone, 🔍 search magnifier, ☂️ umbrella, 👑 crown, 👓 glasses, 💎 gem',
  signs:
    '✅ check done, ❌ cross_mark no_way, ✔️ heavy_check, ➕ plus, ➖ minus, ❓ question, ❗ exclamation, ⁉️ interrobang, ⚠️ warning, 🚫 prohibited, ⛔ no_entry, 🛑 stop, 🚧 construction, ♻️ recycle, 🔄 arrows_cycle, ➡️ arrow_right, ⬅️ arrow_left, ⬆️ arrow_up, ⬇️ arrow_down, 🔴 red_circle, 🟠 orange_circle, 🟡 yellow_circle, 🟢 green_circle, 🔵 blue_circle, 🟣 purple_circle, ⚫ black_circle, ⚪ white_circle, 🆗 ok, 🆕 new, 🆒 cool_sign, 🏁 finish_flag, 🚩 red_flag, 🏳️‍🌈 rainbow_flag, ♾️ infinity',
} satisfies Record<string, string>

export type EmojiGroup = keyof typeof GROUPS

export const EMOJI_GROUPS: readonly (readonly [EmojiGroup, readonly Emoji[]])[] = (
  Object.entries(GROUPS) as [EmojiGroup, string][]
).map(([group, line]) => [group, line.split(', ').map(emojiOf)])

export const EMOJI: readonly Emoji[] = EMOJI_GROUPS.flatMap(([, emoji]) => emoji)

function emojiOf(words: string): Emoji {
  const [sign = '', ...names] = words.split(' ')
  return { sign, names }
}
