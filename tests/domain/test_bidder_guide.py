"""The paper that tells bidders how a tender is answered: numbered parts, each picture with its words."""

from tomsapp.domain.papers.bidder_guide import (
    CHECK_PICTURE,
    COMMITMENTS_PICTURE,
    TITLE,
    WINDOW_PICTURE,
    bidder_guide,
)
from tomsapp.domain.papers.council_paper import PaperHeading, PaperPicture

NAMES = (COMMITMENTS_PICTURE, WINDOW_PICTURE, CHECK_PICTURE)


def test_parts_are_numbered_and_each_picture_has_its_words():
    paper = bidder_guide({name: name.encode() for name in NAMES})
    headings = [block.text for block in paper.blocks if isinstance(block, PaperHeading)]
    assert [heading.partition(" ")[0] for heading in headings] == [str(number) for number in range(1, 11)]
    pictures = [block for block in paper.blocks if isinstance(block, PaperPicture)]
    assert [picture.name for picture in pictures] == list(NAMES)
    assert [picture.png for picture in pictures] == [name.encode() for name in NAMES]
    assert all(len(picture.alternative) > 50 for picture in pictures)
    words = list(paper.words)
    assert words[0] == TITLE
    assert {picture.caption for picture in pictures} <= set(words)
