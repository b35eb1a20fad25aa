"""The letters of languages, as far as they tell which charset a text is in. Nothing about words or grammar."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Alphabet:
    """One language and Python's names of the legacy charsets it is written in.

    Latin script: `letters` are all of its small letters beyond ASCII, `least` and `most` their share of all letters in
    running text. Other scripts: `letters` are its most frequent ones, `usual` their share of the letters beyond ASCII.
    """

    name: str
    codecs: tuple[str, ...]
    letters: str
    least: float = 0.0
    most: float = 1.0
    usual: float = 0.0

    @property
    def is_latin(self) -> bool:
        return not self.usual


WESTERN: Final = ("cp1252",)
CENTRAL: Final = ("cp1250", "iso8859_2")
TURKISH: Final = ("cp1254",)
BALTIC: Final = ("cp1257",)
CYRILLIC: Final = ("cp1251", "koi8_r")

ALPHABETS: Final = (
    # Accents in English are rare, and of any kind.
    Alphabet("English", WESTERN, "àáâãäåæçèéêëìíîïñòóôõöøùúûüœß", 0.0, 0.02),
    Alphabet("French", WESTERN, "àâæçèéêëîïôùûüÿœ", 0.01, 0.2),
    Alphabet("German", WESTERN, "äöüßéèáçñ", 0.005, 0.2),
    Alphabet("Spanish", WESTERN, "áéíóúñüªº", 0.005, 0.25),
    Alphabet("Portuguese", WESTERN, "áàâãçéêíóôõúüªº", 0.01, 0.2),
    Alphabet("Italian", WESTERN, "àèéìíòóùúî", 0.004, 0.15),
    Alphabet("Dutch", WESTERN, "ëïéèöüáóç", 0.0, 0.05),
    Alphabet("Catalan", WESTERN, "àçèéíïòóúü", 0.01, 0.2),
    Alphabet("Swedish or Finnish", WESTERN, "åäöéüèçñ", 0.01, 0.25),
    Alphabet("Danish or Norwegian", WESTERN, "æøåéòôäöüç", 0.005, 0.2),
    Alphabet("Icelandic", WESTERN, "áðéíóúýþæö", 0.06, 0.3),
    Alphabet("Polish", CENTRAL, "ąćęłńóśźż", 0.03, 0.3),
    Alphabet("Czech", CENTRAL, "áčďéěíňóřšťúůýž", 0.08, 0.35),
    Alphabet("Slovak", CENTRAL, "áäčďéíĺľňóôŕšťúýž", 0.08, 0.35),
    Alphabet("Hungarian", CENTRAL, "áéíóöőúüű", 0.06, 0.35),
    Alphabet("Romanian", CENTRAL, "ăâîşţșț", 0.01, 0.25),
    Alphabet("Croatian or Slovene", CENTRAL, "čćđšž", 0.01, 0.2),
    Alphabet("Turkish", TURKISH, "çğıöşüâîû", 0.05, 0.35),
    Alphabet("Lithuanian", BALTIC, "ąčęėįšųūž", 0.02, 0.3),
    Alphabet("Latvian", BALTIC, "āčēģīķļņšūž", 0.04, 0.3),
    Alphabet("Estonian", BALTIC, "äöõüšž", 0.01, 0.25),
    Alphabet("Russian", CYRILLIC, "оеаинтсрвлкм", usual=0.74),
    Alphabet("Ukrainian", ("cp1251",), "оанивіертскл", usual=0.7),
    Alphabet("Bulgarian or Serbian", ("cp1251",), "аоиентрсвлдј", usual=0.73),
    Alphabet("Greek", ("cp1253",), "αοιετσνηυρςάίόπκμ", usual=0.85),
    Alphabet("Hebrew", ("cp1255",), "יוהלארתבמשנ", usual=0.78),
    Alphabet("Arabic or Persian", ("cp1256",), "اليمونرتبعدهةف", usual=0.82),
    Alphabet(
        "Japanese",
        ("cp932", "euc_jp"),
        "のにはをたがでとしれさいるなっもてすかりこまうらくあけどよンーイスルトア",
        usual=0.35,
    ),
    Alphabet(
        "Chinese, simplified",
        ("gb18030",),
        "的一是不了在有人我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多"
        "经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性"
        "知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次"
        "度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建"
        "务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路"
        "记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运",
        usual=0.75,
    ),
    Alphabet(
        "Chinese, traditional",
        ("big5",),
        "的一是不了在有人我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里用道行所然家種事成方多"
        "經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性"
        "知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次"
        "度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建",
        usual=0.65,
    ),
    Alphabet(
        "Korean",
        ("cp949",),
        "이다는을를의에고가한지하로기서도사은인어리대정자나시일그해부있제수전들과으보장원상주여만라것적공국했동조구",
        usual=0.55,
    ),
)
