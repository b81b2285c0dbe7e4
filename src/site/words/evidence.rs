//! Why something is believed, in words.

use super::Term;

/// The cases of `Evidence`; each text is a sentence without its full stop.
pub(super) const EVIDENCE: [Term; 39] = [
    ("same-entry-link", "One entry links both", "同一条目同时链接了两者"),
    (
        "citation-of-repository",
        "The entry names the repository, followed by the citation of its paper",
        "条目先列出代码仓库，随后给出其论文的引文",
    ),
    ("same-name", "Tool and paper have the same distinctive name", "工具与论文有相同的独特名称"),
    ("title-match", "The titles of tool and paper say the same", "工具与论文的标题含义相同"),
    (
        "owner-is-author",
        "The owner of the repository is an author of the paper, and both stand under the same topic",
        "仓库所有者是论文作者，且两者位于同一主题下",
    ),
    (
        "title-and-owner",
        "The titles match in part, and the owner of the repository is an author",
        "标题部分吻合，且仓库所有者是论文作者",
    ),
    (
        "preprint-link-with-journal-citation",
        "The entry links the preprint and cites the journal",
        "条目链接了预印本，同时引用了期刊文章",
    ),
    ("same-title", "Both papers have the same title", "两篇论文标题相同"),
    ("title-without-name", "The titles differ only in a short name before the colon", "标题仅在冒号前的简称上不同"),
    (
        "similar-title",
        "The titles differ only in an article, a plural or a slip of the pen",
        "标题仅有冠词、单复数或笔误之差",
    ),
    ("same-address", "Both have the same address", "两者网址相同"),
    ("same-name-and-link", "Both tools have the same name, and a link in common", "两个工具名称相同，且有共同链接"),
    (
        "same-name-and-host",
        "Both tools have the same name and the same host, which is called like them",
        "两个工具名称相同，且所在主机与其同名",
    ),
    ("same-name-and-paper", "Both tools have the same name and the same paper", "两个工具名称相同，且对应同一论文"),
    ("same-label", "Both topics have the same label", "两个主题标签相同"),
    ("singular-and-plural", "The labels differ only in the plural", "标签仅有单复数之差"),
    ("bilingual-heading", "A heading has both labels, in two languages", "某个标题以两种语言同时给出了这两个标签"),
    ("common-entries", "Both hold mostly the same things", "两者收录的内容大体相同"),
    ("same-repository", "Both lists are files of one repository", "两份清单是同一仓库中的文件"),
    ("shared-coauthors", "Both mentions of the person share co-authors", "两处提到的人物有共同的合作者"),
    ("kind-by-address", "The address says what it is", "由网址判断其类别"),
    ("kind-by-topic", "The heading above says what it is", "由所在标题判断其类别"),
    ("kind-by-title", "The title says what it is", "由标题判断其类别"),
    ("kind-by-citation", "A citation stands in the entry", "条目中有引文"),
    ("kind-by-description", "The description says what it is", "由简介判断其类别"),
    ("kind-by-links", "The labels of its links say what it is", "由链接的标签判断其类别"),
    ("kind-by-siblings", "Most entries under the heading are of this kind", "同一标题下的多数条目属于此类别"),
    ("kind-by-default", "Nothing says what it is: a page to read", "没有可据以判断的信息，视为一般文章"),
    ("curated", "A person read it in the source", "由人工在来源中读出"),
    ("registry", "A registry states it", "由登记库给出"),
    (
        "title-search",
        "A service was asked for the title; title, year and authors agree",
        "按标题检索服务，标题、年份与作者均相符",
    ),
    ("same-orcid", "Both authors have the same ORCID iD", "两位作者的 ORCID iD 相同"),
    ("citation-file", "The repository's citation file names the paper", "仓库的引用文件写明了该论文"),
    ("readme-names-paper", "The repository's own page names the paper", "仓库的说明页提到了该论文"),
    (
        "description-names-paper",
        "The repository's description or homepage is the paper's address",
        "仓库的简介或主页即为该论文的地址",
    ),
    ("paper-names-repository", "The paper names the repository", "论文中写明了该仓库"),
    ("both-ways", "The repository names the paper, and the paper the repository", "仓库与论文互相写明了对方"),
    ("service", "A service states it", "由服务给出"),
    ("decision", "A person decided it", "由人工判定"),
];

pub(super) const RULES: [Term; 10] = [
    ("linked-title", "the first link is the title", "首个链接为标题"),
    ("plain-title", "the text before the first link is the title", "首个链接之前的文字为标题"),
    ("name-in-title", "the title holds a short name", "标题中含有简称"),
    ("citation", "the text was read as a citation", "文字按引文读取"),
    ("doi-in-text", "the DOI stands in the text", "文字中写有 DOI"),
    ("identifier-in-address", "the address holds an identifier", "网址中含有标识符"),
    ("labelled-link", "the label of the link says what it leads to", "由链接标签判断其指向"),
    ("description", "what follows the title is the description", "标题之后的文字为简介"),
    ("place-of-heading", "year or venue are those of the heading", "年份或发表处取自标题"),
    ("field", "it stands in a field of its own", "取自独立字段"),
];

pub(super) const NOTICES: [Term; 15] = [
    ("text-not-placed", "a part of the entry was not understood", "条目中有一部分未能识别"),
    ("not-an-entry", "text with links that is no entry", "含链接但不成条目的文字"),
    ("prose", "prose", "说明文字"),
    ("contents", "table of contents", "目录"),
    ("about-the-list", "about the list itself", "关于清单本身"),
    ("markup", "markup", "标记"),
    ("bad-link", "an address that leads nowhere", "无效的地址"),
    ("empty-topic", "a heading without entries", "标题下没有条目"),
    ("heading-inside-item", "a heading inside a list item", "标题位于列表项之内"),
    ("invalid-utf8", "bytes that are no text", "无法识别的字节"),
    ("no-entries", "the source has no entries", "来源中没有条目"),
    ("bad-row", "a row that cannot be read", "无法读取的行"),
    ("bad-decision", "a decision that cannot be read", "无法读取的判定"),
    ("unknown-thing", "a decision about something unknown", "判定涉及未知对象"),
    ("vain-decision", "a decision that cannot be carried out", "无法执行的判定"),
];
