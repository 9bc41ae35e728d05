"""Which verb governs a number, and the words that say something is finished."""

import re

from policytext.cues import Cue
from policytext.stance import Place

FINISH = re.compile(
    "建成|投用|竣工|完工|通车|开工|投产|交付|启用|开业|开园|运营|封顶|动工|落地(?!见|落|生|实)|落户|入驻|开放|完成|达产"
    "|上市|达标|消除|贯通|打通|获批|获评|并网|清零|用上|喝上|开通|通水|开馆|开诊|开学|挂牌"
)
_PROCESS_PAIR = 2


def governor(place: Place) -> Cue | None:
    """The verb that governs a number: the last since the last 、, else the clause's first.

    A result verb right behind a process verb is what the process is about (加快建设).
    """
    segment = place.reading.text.rfind("、", place.clause, place.mention.start)
    verbs = [cue for cue in place.clause_cues() if cue.roles.get("verb") in ("result", "process")]
    if not verbs:
        return None
    near = [cue for cue in verbs if cue.start > segment]
    # What stands before 等 are names of the list: 推进高速改扩建等20个项目.
    listed = place.before.endswith("等")
    chosen = near[-1] if near and not listed else verbs[0]
    index = verbs.index(chosen)
    if index and chosen.roles["verb"] == "result":
        above = verbs[index - 1]
        if above.roles["verb"] == "process" and chosen.start - above.end < _PROCESS_PAIR:
            return above
    return chosen
