"""Every place where a quote stands in a text to the letter."""


def places_of(text: str, quote: str) -> list[int]:
    """Where `quote` begins in `text`, overlapping places included; time is linear even for "aaaa…" in "aaaa…"."""
    places: list[int] = []
    period = 0
    at = text.find(quote)
    while at >= 0:
        places.append(at)
        # Only a quote that overlaps itself can repeat often enough to cost time, so its period is looked for late.
        if not period and len(places) > 1 and at - places[-2] < len(quote):
            period = _period(quote)
        ahead = at + len(quote)
        if period and text.startswith(quote[-period:], ahead):
            at += period
        else:
            at = text.find(quote, at + (period or 1))
    return places


def _period(quote: str) -> int:
    """The smallest shift by which `quote` overlaps itself (its length minus its longest border)."""
    borders = [0] * len(quote)
    border = 0
    for index in range(1, len(quote)):
        while border and quote[index] != quote[border]:
            border = borders[border - 1]
        border += quote[index] == quote[border]
        borders[index] = border
    return len(quote) - border
