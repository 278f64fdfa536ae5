"""A small grammar of text messages: templates of ham and spam, and the words in their gaps.

The messages are synthetic. Ham and spam share openings, endings, words and a few whole sentences:
friends are free, win games and pay cash, and some spam passes for a friend. A word between * may
be disguised.
"""

from __future__ import annotations

OPENINGS = ("", "", "hi", "hey", "hello", "hi {name}", "hey {name}", "dear {name}", "good morning")
ENDINGS = (
    "", "", "", "thanks", "bye", "call me", "see you", "have a nice day", "x", "take care",
    "let me know", "talk soon",
)  # fmt: skip

HAM = (
    "are you free {when}?",
    "feel free to bring {name} {when}",
    "we won the {game}, what a {game}",
    "did you win the {game} {when}?",
    "can you pay me back the ${small} {when}",
    "the {place} takes cash only",
    "I will be at the {place} {when}",
    "running late, the {vehicle} is stuck again",
    "could you buy {food} and {food} on the way home?",
    "do not forget {name}'s birthday {when}",
    "the meeting {when} is moved to the {place}",
    "my photos are at www.{site}.com now",
    "your parcel is with the neighbour, she is home {when}",
    "dinner is ready, come home",
    "my phone is broken, use my office number {code}",
    "mum says {food} is on offer at the {place}",
    "the prize for the best {food} goes to {name}",
    "the dentist can see you {when}",
    "happy birthday {name}! lots of love",
    "urgent, can you pick up {name} from the {place}",
    "the book is due back at the library today",
    "the train refunds ${small}, I sent the form",
    "how was the {game} {when}? did {name} play",
    "the doctor says the pills help, I feel better",
    "shall we watch the {game} at my place {when}",
    "please send me your notes from the lecture {when}",
    "I left my keys at the {place}, can {name} look",
    "love the new {vehicle}, thank you so much",
    "the bill for the trip is paid, you owe {name} ${small}",
    "look what I got: you won a {gift}, text {word} to {code} lol",
    "my bank locked my account, can you lend me cash",
)  # fmt: skip

SPAM = (
    "you have been selected to receive a *free* {gift}",
    "you *won* a {gift}",
    "your *prize* of ${large} is waiting",
    "get *cash* today, no *credit* check",
    "urgent! your *account* is locked",
    "your mailbox is full, confirm your *password*",
    "*cheap* pills without prescription, delivered discreetly",
    "lose weight fast with our *miracle* tea",
    "*singles* in your area are waiting to chat",
    "congratulations, your number was drawn in our weekly *lottery*",
    "a *loan* of ${large} approved in minutes",
    "final notice: your *subscription* renews {when}",
    "work from home and earn ${large} a week",
    "your parcel is held, pay a small *customs* fee",
    "exclusive *offer* for valued customers: half price {gift}",
    "double your *bitcoin* in a day, *guaranteed* profit",
    "*upgrade* to unlimited minutes and a new {gift}",
    "we tried to *refund* your tax, confirm your bank details",
    "hot tips for the races, *guaranteed* *winners*",
    "*free* ringtones every week",
)

SHARED = (  # what friends write, and spam that passes for a friend
    "are you home {when}?",
    "sorry I missed your call",
    "I have news for you",
    "can you pay for the {vehicle} {when}?",
    "did you see the photos of {name}?",
)

ACTIONS = (  # what spam asks for
    "text {word} to {code}", "reply {word}", "call {code} now", "apply at www.{shop}.com",
    "*claim* it before midnight at www.{shop}.com", "order now", "www.{shop}.com",
    "call {code}, *offer* ends today",
)  # fmt: skip

GAPS = {
    "name": (
        "anna", "ben", "carla", "david", "emma", "felix", "grace", "hugo", "ines", "jonas", "katie",
        "liam", "maria", "noah", "olga", "peter", "rosa", "sam", "tina", "will",
    ),
    "when": (
        "tonight", "tomorrow", "on friday", "on monday", "this weekend", "at noon", "after work",
        "next week", "on sunday", "at eight",
    ),
    "place": (
        "office", "station", "cafe", "library", "gym", "school", "market", "airport", "park",
        "cinema", "bakery", "pub",
    ),
    "game": ("match", "quiz", "game", "race", "final", "raffle"),
    "food": ("milk", "bread", "pasta", "cake", "cheese", "apples", "coffee", "rice", "soup"),
    "vehicle": ("bus", "train", "car", "bike", "tram"),
    "site": ("ourclub", "cityschool", "choir", "runners"),
    "gift": ("phone", "holiday", "laptop", "voucher", "watch", "cruise", "camera"),
    "shop": ("fastcash", "primedeals", "securebank", "luckyday", "topoffers"),
    "word": ("WIN", "YES", "GO", "PLAY", "CLAIM"),
    "small": ("5", "10", "12", "20", "35"),
    "large": ("500", "1000", "2000", "5000", "10000"),
    "code": ("80077", "85023", "60300", "41001", "82277"),
}  # fmt: skip

DISGUISE = str.maketrans("aeios", "43105")  # digits for letters
