"""What a prompt asks for, as classes: the goal by which the text encoder is trained before anything is painted.

The last tokens of a prompt, nearly always padding, see all words before them in this encoder. Each of them is made to say
one thing: what stands in one of nine places, what lies behind, how large things are, and what an instruction recolours.
"""

from scenes import COLOURS, PLACES

SPOTS = 9  # three rows of three places
GROUND, SIZE, RECOLOUR = SPOTS, SPOTS + 1, SPOTS + 2
REGISTERS = SPOTS + 3
EMPTY, KEPT = 0, 1  # drawings: nothing there; whatever the picture to edit shows
OWN, AS_IT_WAS = 0, 1  # colours: the drawing's own or not said; that of the picture to edit
GROUNDS = ["any", "kept", *COLOURS, *PLACES]
SIZES = ["middle", "small", "big", "in a row", "kept"]
IGNORED = -100


class Meaning:
    """Classes for the names of `art`: `drawings` of them, and `colours`."""

    def __init__(self, art):
        names = [*(f"shape {shape}" for shape in art.shapes), *art.labels]
        self._drawings = {name: 2 + i for i, name in enumerate(names)}
        self._colours = {name: 2 + i for i, name in enumerate(COLOURS)}
        self.drawings, self.colours = 2 + len(names), 2 + len(COLOURS)

    def of_scene(self, scene):
        """Three rows of REGISTERS numbers: drawings, colours, and the class of ground, of size; IGNORED elsewhere."""
        drawings, colours = [EMPTY] * SPOTS, [IGNORED] * SPOTS
        for item in scene.items:
            spot = 3 * _third(item.top + item.size / 2) + _third(item.left + item.size / 2)
            spot = 4 if scene.layout == "single" else spot
            drawings[spot], colours[spot] = self._drawings[item.drawing], self._colours.get(item.colour, OWN)
        ground = GROUNDS.index("any" if scene.silent else scene.ground)
        size = SIZES.index(scene.size_word or ("middle" if scene.layout == "single" else "in a row"))
        return self._rows(drawings, colours, ground, size, EMPTY, IGNORED)

    def of_change(self, after, change):
        """The same for the instruction that goes with a change of compose.edit."""
        if change[0] == "replace":
            return self.of_scene(after)
        ground = GROUNDS.index(change[1] if change[0] == "ground" else "kept")
        drawing, colour = EMPTY, IGNORED
        if change[0] == "recolour":
            drawing, colour = self._drawings[change[1].drawing], self._colours[change[2]]
        return self._rows([KEPT] * SPOTS, [IGNORED] * SPOTS, ground, SIZES.index("kept"), drawing, colour)

    @staticmethod
    def _rows(drawings, colours, ground, size, changed, new_colour):
        return ([*drawings, IGNORED, IGNORED, changed], [*colours, IGNORED, IGNORED, new_colour],
                [IGNORED] * SPOTS + [ground, size, IGNORED])


def _third(middle):
    return 0 if middle < 28 else 1 if middle < 36 else 2
