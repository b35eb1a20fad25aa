"""The words by which a line of an article names itself, in several languages: labels of dates, sources, pictures."""

from collections.abc import Iterable
from typing import Final

PUBLISHED: Final = (
    "published on", "published at", "published", "first published", "posted on", "posted", "date",
    "publication date", "veröffentlicht am", "veröffentlicht", "erschienen am", "erstellt am", "datum",
    "vom", "publié le", "publié", "date de publication", "publicado el", "publicado em", "publicado",
    "fecha", "data", "опубліковано", "дата публікації", "дата", "опубликовано", "дата публикации",
    "pubblicato il", "pubblicato", "opublikowano", "gepubliceerd op", "gepubliceerd", "yayınlanma",
    "نُشر في", "نشر في", "تاريخ النشر", "التاريخ", "发布时间", "發佈時間", "发布于", "发表于", "日期",
)  # fmt: skip
UPDATED: Final = (
    "updated on", "updated at", "updated", "last updated on", "last updated", "last modified", "modified",
    "aktualisiert am", "aktualisiert", "zuletzt aktualisiert", "stand", "mis à jour le", "mis à jour",
    "modifié le", "actualizado el", "actualizado", "última actualización", "оновлено", "обновлено",
    "aggiornato il", "aggiornato", "zaktualizowano", "bijgewerkt op", "güncelleme", "آخر تحديث", "تحديث",
    "更新时间", "更新于",
)  # fmt: skip
ORIGINAL: Final = (
    "original url", "original article", "original link", "original source", "article url", "canonical url",
    "source url", "source link", "permalink", "url", "link", "web address", "original-url",
    "originalartikel", "url original", "enlace original", "enlace", "article original", "lien",
    "url d'origine", "url d’origine", "url originale", "посилання", "оригінал", "ссылка", "оригинал",
    "link original", "رابط", "الرابط", "رابط المقال", "原文链接", "原文連結", "链接", "原文",
)  # fmt: skip
SOURCE: Final = (
    "source", "sources", "via", "quelle", "quellen", "fuente", "fonte", "bron", "źródło", "kaynak",
    "джерело", "источник", "المصدر", "来源", "來源",
)  # fmt: skip
OUTLET: Final = (
    "outlet", "publication", "publisher", "published by", "published in", "newspaper", "medium", "media",
    "zeitung", "erschienen in", "видання", "издание", "publié par", "publicado por", "publicado en",
)  # fmt: skip
ASIDE: Final = (
    "related article", "related articles", "related story", "related stories", "related",
    "related coverage", "related content", "read also", "also read", "read more", "read more about", "read next",
    "tags", "topics", "keywords", "filed under", "schlagwörter", "теги", "мітки",
    "see also",
    "more on this story", "more on this", "more on", "more from", "recommended", "you may also like",
    "don't miss", "don’t miss", "watch", "listen", "mehr zum thema", "lesen sie auch", "lesen sie mehr",
    "lesen sie dazu", "weiterlesen", "siehe auch", "lire aussi", "à lire aussi", "a lire aussi",
    "à lire également", "voir aussi", "lea también", "lea tambien", "leer más", "le puede interesar",
    "te puede interesar", "vea también", "leggi anche", "leia também", "leia mais", "lees ook",
    "zobacz też", "zobacz także", "czytaj też", "czytaj także", "читайте також", "також читайте",
    "дивіться також", "за темою", "читайте также", "смотрите также", "по теме", "اقرأ أيضا", "اقرأ أيضًا",
    "اقرأ أيضاً", "اقرأ المزيد", "شاهد أيضا", "延伸阅读", "相关阅读", "相关新闻", "相关文章", "延伸閱讀",
)  # fmt: skip
ASIDE_ALONE: Final = (
    "advertisement", "advertising", "sponsored content", "anzeige", "werbung", "publicité", "publicidad",
    "реклама", "إعلان", "广告", "read more", "share this article", "continue reading",
    "story continues below advertisement", "scroll to continue", "share", "share this", "print",
    "copy link", "listen to this article",
)  # fmt: skip
PICTURE: Final = (
    "photo", "photos", "photo credit", "photo by", "photograph", "photograph by", "photography by", "image",
    "images", "image credit", "image by", "picture", "picture by", "picture credit", "credit", "credits",
    "file photo", "video by", "illustration", "illustration by", "graphic", "foto", "fotos", "foto von",
    "bild", "bildquelle", "bildnachweis", "crédit", "crédit photo", "crédits photo", "crédit image",
    "photo de", "foto de", "crédito", "imagen", "fotografía", "фото", "світлина", "зображення",
    "ілюстрація", "автор фото", "изображение", "иллюстрация", "صورة", "الصورة", "تصوير", "图片来源", "图片",
    "图", "摄影", "圖片來源", "圖",
)  # fmt: skip
CAPTION: Final = (
    "caption", "photo caption", "image caption", "bildunterschrift", "légende", "légende photo",
    "pie de foto", "підпис", "подпись", "подпис до фото", "تعليق الصورة", "图说", "图注",
)  # fmt: skip
AGENCIES: Final = (
    "AFP", "AP", "AP Photo", "Associated Press", "The Associated Press", "Reuters", "TASS", "ТАСС",
    "Getty Images", "Getty", "EPA", "EPA-EFE", "EFE", "dpa", "DPA", "picture alliance", "Picture Alliance",
    "picture-alliance", "Xinhua", "KCNA", "UNIAN", "УНІАН", "Ukrinform", "Укрінформ", "Shutterstock",
    "iStock", "Unsplash", "Wikimedia Commons", "Wikimedia", "Anadolu", "Anadolu Agency", "imago", "IMAGO",
    "imago images", "Sputnik", "RIA Novosti", "РИА Новости", "Kommersant", "Коммерсантъ", "POOL", "Pool",
    "Bloomberg", "Alamy", "Zuma", "ZUMA Press", "NurPhoto", "SIPA", "Sipa", "SIPA USA", "Kyodo", "Yonhap",
    "ANSA", "PAP", "Keystone", "APA", "PA", "PA Wire", "PA Media", "LUSA", "Belga", "ANP", "AAP",
    "Moskva News Agency", "Interfax", "Интерфакс", "Magnum Photos", "VCG", "新华社", "法新社", "路透社",
    "美联社", "中新社", "رويترز", "أ ف ب", "أ.ف.ب", "الأناضول", "غيتي", "فرانس برس", "Telegram", "Handout",
)  # fmt: skip
CREDIT_ALONE: Final = (
    "social media", "kremlin.ru", "handout", "file photo", "courtesy photo", "courtesy", "screenshot",
    "archive photo", "archive", "press service", "public domain", "creative commons", "stock photo",
    "archivbild", "symbolbild", "соцмережі", "соцсети", "открытые источники", "відкриті джерела", "архів",
    "архив",
)  # fmt: skip
SECTIONS: Final = (
    "news", "world", "world news", "breaking", "breaking news", "politics", "opinion", "comment",
    "commentary", "analysis", "business", "economy", "culture", "sport", "sports", "science", "health",
    "technology", "tech", "feature", "features", "exclusive", "explainer", "interview", "investigation",
    "live", "live updates", "editorial", "europe", "asia", "africa", "middle east", "ukraine war", "war",
    "nachrichten", "politik", "wirtschaft", "ausland", "inland", "meinung", "kommentar", "analyse",
    "kultur", "wissen", "actualités", "monde", "international", "politique", "économie", "opinions",
    "noticias", "mundo", "internacional", "política", "economía", "opinión", "новини", "світ", "політика",
    "війна", "економіка", "думка", "аналітика", "новости", "политика", "мир", "экономика", "мнение",
    "أخبار", "سياسة", "العالم", "رأي", "اقتصاد", "新闻", "国际", "政治", "评论", "财经", "时政",
)  # fmt: skip
SALUTATIONS: Final = (
    "dear", "hello", "hi", "to whom it may concern", "to the editor", "sehr geehrte", "sehr geehrter",
    "liebe", "lieber", "guten tag", "hallo", "шановний", "шановна", "шановні", "дорогий", "дорога",
    "дорогі", "вельмишановний", "уважаемый", "уважаемая", "уважаемые", "дорогой", "дорогая", "дорогие",
    "cher", "chère", "chers", "chères", "madame", "monsieur", "estimado", "estimada", "estimados",
    "querido", "querida", "queridos", "caro", "cara", "gentile", "عزيزي", "عزيزتي", "السيد", "السادة",
    "尊敬的", "亲爱的", "親愛的",
)  # fmt: skip


def alternatives(phrases: Iterable[str]) -> str:
    """A regular expression's group body, longest phrase first so that "published on" wins over "published"."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return "|".join(r"\s+".join(map(_escaped, phrase.split())) for phrase in ordered)


def _escaped(word: str) -> str:
    return "".join("\\" + character if character in ".^$*+?{}[]\\|()-" else character for character in word)
