"""Candidates: what each source of them takes, with its edges, and what is none."""

import pytest

import policytext as pt
from handmade import page
from policytext.slogans.candidates import candidates
from policytext.slogans.document import documents
from policytext.text.clean import fold
from policytext.text.patterns import Words


def kinds_of(text: str, stated: str = "", **columns: object) -> dict[str, frozenset[str]]:
    corpus = page(text, **columns)
    document = next(iter(documents(corpus, pt.default_lexicon())))
    found = candidates(document, Words([stated]))
    return {document.text[c.start : c.end]: c.kinds for c in found}


@pytest.mark.parametrize(
    ("text", "candidate", "kind"),
    [
        ("推进“人无我有、人有我优”。", "人无我有、人有我优", "quoted"),
        ("推进“人无我有、人有我优”，做到人有我优。", "人有我优", "limb"),
        ("推进“人无我有、人有我优，抓好产业。", "人无我有、人有我优", "quoted"),
        ("落实“五城五高地战略，推进“三链融合”。", "五城五高地战略", "quoted"),
        ("落实“五城五高地的要求，推进“三链融合”。", "五城五高地", "quoted"),
        ("聚焦“五城五高地等目标，推进改革。", "五城五高地", "quoted"),
        ("建设“幸福的港湾，推进改革。", "幸福的港湾", "quoted"),
        ("弘扬“敢闯敢试”，坚持敢闯敢试。", "敢闯敢试", "again"),
        ("落实六比争先要求。", "六比争先", "numeral"),
        ("抓好“两重”项目。", "两重", "quoted"),
        ("今年是十四五开局之年。", "十四五", "plan"),
        ("全力打造现代化滨海花园城市。", "现代化滨海花园城市", "label"),
        ("全力打造现代化滨海花园城市。", "现代化滨海花园城市", "built"),
        ("大力弘扬红船精神。", "红船精神", "spirit"),
        ("实施科技兴农、质量强省。", "科技兴农、质量强省", "substituted"),
        ("深入实施科技兴皖战略。", "科技兴皖", "substituted"),
        ("筑牢东部重要生态安全屏障。", "东部重要生态安全屏障", "label"),
        ("以创建国家花园城市为抓手。", "国家花园城市", "label"),
        ("擦亮滨海花园城市“升级版”。", "滨海花园城市", "label"),
        ("弘扬尚德务实、开放包容、敢为人先的品格。", "尚德务实、开放包容、敢为人先", "row of 3"),
        ("要求：解放思想，创新求变，向海图强。", "解放思想，创新求变，向海图强", "row of 3"),
        ("推动大基金投早投小。", "投早投小", "stated"),
        (
            "牢牢把握政策为大、环境为本、创新为要工作导向。",
            "政策为大、环境为本、创新为要",
            "row of 3",
        ),
        ("坚持项目为王，抓好产业。", "项目为王", "held"),
        ("二、深入实施强城行动", "强城行动", "programme"),
        ("奋力向现代化滨海强区迈进。", "现代化滨海强区", "label"),
        ("坚定不移在现代化新城建设上发力。", "现代化新城", "label"),
        ("打响滨海之都品牌，增强海港门户辨识度。", "海港门户", "label"),
        ("建设人与自然和谐共生的花园城市。", "人与自然和谐共生的花园城市", "label"),
        ("加快国家创新型城市建设。", "国家创新型城市", "label"),
        ("突出提质进位、多作贡献，抓好产业。", "提质进位、多作贡献", "row of 2"),
        ("二、抓项目、强产业", "抓项目、强产业", "row of 2"),
        ("塑造开放大气、包容创新的城市品格。", "开放大气、包容创新", "row of 2"),
    ],
)
def test_each_source_finds_its_own(text: str, candidate: str, kind: str) -> None:
    found = kinds_of(text, stated="投早投小")
    assert kind in found[fold(candidate)]


def test_a_label_may_begin_behind_a_verb_or_a_particle() -> None:
    found = kinds_of("加快建设更具影响力的国家中心城市和现代化港口城市。")
    names = {"国家中心城市", "更具影响力的国家中心城市", "现代化港口城市"}
    assert {*names, "更具影响力的国家中心城市和现代化港口城市"} <= set(found)


@pytest.mark.parametrize(
    "verb", ["做实", "做大", "建设好", "建成了", "擦亮了", "建设过", "打造成", "打造成为"]
)
def test_a_label_begins_behind_the_whole_verb(verb: str) -> None:
    found = kinds_of(f"不断{verb}重要节点城市。")
    assert "重要节点城市" in found and f"{verb[-1]}重要节点城市" not in found


def test_the_name_of_a_place_may_begin_like_what_says_that_a_verb_is_done() -> None:
    assert "成渝双城走廊枢纽" in kinds_of("打造成渝双城走廊枢纽。")


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("以稳为主线，", "，抓住机遇。"),
        ("以稳为主线，", "，全面落实“六稳”。"),  # a verb with its object, as long as a limb
        ("以稳为主线，", "，新增企业30家。"),
        ("推进“双千”工程建设，", "，抓住机遇。"),  # and the end of a name
    ],
)
def test_a_row_ends_where_its_limbs_do(before: str, behind: str) -> None:
    row = "多作贡献、能快则快、争先进位"
    rows = [name for name, kinds in kinds_of(before + row + behind).items() if "row of 3" in kinds]
    assert rows == [row]


def test_the_last_of_a_row_may_stand_before_the_numeral_that_counts_it() -> None:
    found = kinds_of("统筹多作贡献、能快则快、争先进位“三大要求”。")
    assert "row of 3" in found["多作贡献、能快则快、争先进位"]


@pytest.mark.parametrize("modifier", ["壮美", "社会主义现代化新", "繁荣富裕文明和谐美丽新"])
def test_a_place_may_have_a_longer_modifier(modifier: str) -> None:
    found = kinds_of(f"加快建设{modifier}瓯海。", place="瓯海区")
    assert "modifier and place" in found[f"{modifier}瓯海"]


def test_a_brand_keeps_the_suffix_of_its_place_at_the_end_of_a_clause() -> None:
    found = kinds_of("建设平安瓯海区、法治瓯海区。建设壮美瓯海区。", place="瓯海区")
    assert {"平安瓯海区", "法治瓯海区", "壮美瓯海区"} <= set(found)
    assert {"平安瓯海", "壮美瓯海"}.isdisjoint(found)
    assert "数字瓯海" in kinds_of("建设数字瓯海区域中心。", place="瓯海区")


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("坚定不移在现代化新城建设上发力。", "在现代化新城"),
        ("加快创新型城市建设。", "新型城市"),
        ("建设更加宜居花园城市。", "更加宜居花园城市"),
        ("打造共建共治共享的幸福新家园。", "共治共享的幸福新家园"),
    ],
)
def test_no_label_begins_with_what_leads_to_it_or_within_a_word(text: str, cut: str) -> None:
    found = kinds_of(text)
    assert cut not in found and any("label" in kinds for kinds in found.values())


def test_two_limbs_begin_and_end_with_their_clause() -> None:
    assert "row of 2" not in set().union(*kinds_of("完成中心医院、体育馆、图书馆项目。").values())
    assert "row of 2" not in set().union(*kinds_of("推动传统产业、新产业。").values())
    assert "row of 2" not in set().union(*kinds_of("推进稳增长、惠民生、防风险。").values())


def test_what_is_built_alone_is_none() -> None:
    assert not kinds_of("全市上下齐心协力，稳住了大盘，抓出了成效。加快建设跨江大桥二期。")


def test_a_quotation_with_its_marks_is_no_second_candidate() -> None:
    assert "“两个先行”" not in kinds_of("二、坚持“两个先行”")
    assert "‘两个先行’" not in kinds_of("二、坚持‘两个先行’")


def test_a_brand_needs_the_place_of_the_text() -> None:
    assert "brand word and place" in kinds_of("建设健康瓯海。", place="瓯海区")["健康瓯海"]
    elsewhere = kinds_of("建设健康瓯海。", place="洞头区").get("健康瓯海", frozenset())
    assert "brand word and place" not in elsewhere


@pytest.mark.parametrize(
    "text",
    [
        "他说：“我们要好好干。”",
        "处置“5·12”事件。",
        "实现“千亿GDP、百亿税收”。",
        "拨打“12345”热线。",
        "“，。”",
    ],
)
def test_speech_dates_amounts_and_telephone_numbers_are_none(text: str) -> None:
    assert not any("quoted" in kinds for kinds in kinds_of(text).values())


def test_no_candidate_cuts_a_quotation_or_a_line() -> None:
    text = "奋斗“十四五”、奋进新征程\n二、建设“一区五岛”之城。坚持“走出去”“引进来”。"
    for name in kinds_of(text):
        assert name.count("“") == name.count("”") and "”“" not in name
        assert "\n" not in name


@pytest.mark.parametrize(
    ("words", "passages"),
    [
        ("敢闯敢试", ["敢闯敢试", "敢闯、敢试"]),
        ("夜", ["夜", "夜"]),
        ("夜经", ["夜”经"]),
        ("不在", []),
    ],
)
def test_a_wording_is_found_wherever_its_marks_stand(words: str, passages: list[str]) -> None:
    corpus = page("坚持“敢闯敢试”，做到敢闯、敢试。发展“夜”经济，点亮夜。")
    document = next(iter(documents(corpus, pt.default_lexicon())))
    assert [document.text[a:b] for a, b in document.places_of([words])] == passages
    document.find_places([words, "点亮夜"])
    assert document.count_of(words) == len(passages)


def test_a_text_of_marks_alone_has_no_candidates() -> None:
    (document,) = documents(page("“"), pt.default_lexicon())
    assert document.places_of(["先行"]) == []
