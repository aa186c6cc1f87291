"""One name or more of every script that certificates are printed in, by what is odd about it."""

from collections.abc import Mapping

LONG = "Wilhelmina-Alexandra Konstantinopolitanskaya-Featherstonehaugh "

NAMES: Mapping[str, str] = {
    "latin-diacritics": "Łukasz Żółć Ñuñez",
    "vietnamese": "Nguyễn Thị Thanh Trúc",
    "apostrophes": "D’Angelo O'Brien-Ruiz",
    "one-word": "Cher",
    "100-characters": (LONG * 2)[:100].strip(),
    "cyrillic": "Александра Достоевская",
    "greek": "Ελευθερία Παπαδοπούλου",
    "armenian": "Նարեկ Հակոբյան",
    "georgian": "გიორგი მაისურაძე",
    "hebrew": "יעל בן־דוד כהן",
    "arabic": "محمد عبد الرحمن الفاروقي",
    "persian": "علی\u200cرضا کریمی",
    "mixed": "Sara سارة كوهين",
    "mixed-right-to-left": "דוד David כהן",
    "devanagari": "प्रियंका श्रीवास्तव",
    "bengali": "বিদ্যাসাগর চট্টোপাধ্যায়",
    "gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "gujarati": "કૃષ્ણકાંત પટેલ",
    "odia": "ଶ୍ରୀନିବାସ ମହାପାତ୍ର",
    "tamil": "தமிழ்ச்செல்வி",
    "telugu": "శ్రీనివాస్ రెడ్డి",
    "kannada": "ಕೃಷ್ಣಮೂರ್ತಿ",
    "malayalam": "ശ്രീജിത്ത് കൃഷ്ണൻ",
    "sinhala": "ශ්‍රීමතී පෙරේරා",
    "thai": "สมหญิง รัตนวงศ์ไพบูลย์",
    "lao": "ສົມພອນ ວົງສາ",
    "khmer": "ខេមរិន្ទ សុខា",
    "burmese": "မောင်မောင်ကျော်",
    "tibetan": "ཀརྨ་ཕུན་ཚོགས",
    "ethiopic": "ሀይለ ሥላሴ",
    "chinese": "王小明",
    "japanese": "佐藤 さくら",
    "korean": "김민준",
    "thaana": "އަހުމަދު",
}
