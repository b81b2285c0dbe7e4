use crate::site::Language;

/// Makes a type with a field for each text, and one value of it for each language.
macro_rules! words {
    ($($key:ident: $english:literal, $chinese:literal;)+) => {
        /// The fixed texts of the pages in one language.
        #[derive(Debug)]
        pub(in crate::site) struct Words {
            pub(in crate::site) language: Language,
            $(pub(in crate::site) $key: &'static str,)+
        }

        impl Words {
            pub(super) const ENGLISH: Self = Self { language: Language::En, $($key: $english,)+ };
            pub(super) const CHINESE: Self = Self { language: Language::Zh, $($key: $chinese,)+ };

            /// All texts of this language.
            #[cfg(test)]
            pub(super) fn all(&self) -> Vec<&'static str> {
                vec![$(self.$key,)+]
            }
        }
    };
}

words! {
    // Around every page
    skip: "Skip to the content", "跳到正文";
    search: "Search", "搜索";
    search_site: "Search the catalog", "搜索目录";
    search_hint: "Title, name, DOI, arXiv, repository, topic …", "标题、姓名、DOI、arXiv、代码仓库、主题……";
    questions: "Questions", "常用问题";
    pictures: "Pictures", "图示";
    sparql: "SPARQL", "SPARQL";
    about: "Data", "数据";
    main_menu: "Main", "主导航";
    this_page: "On this page", "本页内容";
    foot: "Every statement here names the list, the line or the service that it comes from.", "此处的每一项陈述都注明了出处：清单、行号或服务。";
    ontology: "Ontology", "本体";

    // Home
    lead: "Papers, tools, datasets and people out of curated lists, and which tool implements which paper: with the line that says so.", "从精选清单中整理出的论文、工具、数据集与人物，以及哪个工具实现了哪篇论文——每一条都注明出处。";
    what_there_is: "What there is", "收录内容";
    ways_in: "Ways in", "使用入口";
    the_lists: "The lists", "清单";
    other_sources: "Other sources", "其他来源";
    other_sources_text: "Services, registries and tables that were asked or read besides the lists.", "除清单之外查询或读取过的服务、登记库与数据表。";
    questions_door: "Ready-made questions with forms: tools of a paper, papers of a topic, dead links …", "预设的问题与表单：论文的工具、主题下的论文、失效链接……";
    pictures_door: "The topics, the citations through time, who writes with whom.", "主题结构、引用时间线、合作网络。";
    sparql_door: "Ask anything, in the query language of the web of data.", "用数据网络的查询语言提出任何问题。";
    about_door: "Downloads, linked data, programming interface.", "下载、关联数据与编程接口。";
    questions_door_static: "Answers to ready-made questions: tools and papers, papers by year, dead links …", "预设问题的答案：工具与论文、各年论文数、失效链接……";
    about_door_static: "Files to download, and how they are made.", "可下载的文件及其说明。";

    // Search
    results: "Results", "结果";
    narrow: "Narrow down", "筛选";
    to_filters: "Go to the filters", "转到筛选条件";
    by_kind: "Kind", "类别";
    by_topic: "Topic", "主题";
    by_year: "Year", "年份";
    chosen: "Chosen", "已选";
    remove: "remove", "移除";
    earlier: "Previous", "上一页";
    later: "Next", "下一页";
    pages: "Pages", "分页";
    nothing_found: "Nothing found", "没有找到结果";
    nothing_found_text: "These may help:", "可以尝试：";
    hint_fewer_words: "Use fewer words, or only the beginning of a word.", "减少关键词，或只输入词的开头。";
    hint_identifier: "Paste an identifier or an address: 10.1038/s41592-018-0229-2, arXiv:1812.08434, a repository.", "粘贴标识符或网址：10.1038/s41592-018-0229-2、arXiv:1812.08434、代码仓库地址。";
    hint_all: "Search without the filters", "去掉筛选条件再搜索";
    hint_language: "Topics have English and Chinese names; most titles are English.", "主题有中英文名称；标题多为英文。";
    or_browse: "Or look through all things of a kind:", "或按类别浏览：";
    static_search: "This search runs in your browser and needs JavaScript. Without it, look through the kinds.", "此搜索在浏览器中运行，需要 JavaScript。也可以按类别浏览。";

    // A thing
    also_called: "Also called", "又名";
    description: "Description", "简介";
    facts: "Facts", "基本信息";
    why: "why", "依据";
    says: "according to", "来源";
    disagree: "Sources disagree", "来源说法不一";
    confidence: "confidence", "置信度";
    by_rules: "Read by these rules:", "读取规则：";
    years: "By year", "按年份";
    year: "Year", "年份";
    works: "Works", "作品数";
    as_table: "As a table", "以表格显示";
    consensus: "Lists that name it", "收录它的清单";
    under: "under", "位于";
    origins: "Where it stands", "出处";
    origins_text: "The entries and records that all this was read from.", "以上信息所依据的条目与记录。";
    show_text: "show the text", "显示原文";
    notices: "For the curator", "维护提示";
    surroundings: "Surroundings", "周边关系";
    open_graph: "Open the graph on a page of its own", "在独立页面中打开关系图";
    download: "Download", "下载";
    download_text: "This thing and what it is tied to.", "此条目及其关联内容。";
    permanent: "Permanent address", "永久标识";
    gone: "gone", "已失效";
    alive: "alive", "有效";

    // Questions
    questions_text: "Each question is a stored query. Fill in what it asks for, or take the query as a beginning for your own.", "每个问题对应一条预存的查询。填写所需内容，或以该查询为基础自行修改。";
    questions_text_static: "Each answer was written when this site was made.", "各答案在生成本站时写入。";
    asks_for: "asks for", "需要";
    optional: "optional", "可选";
    ask: "Ask", "提问";
    answer: "Answer", "答案";
    no_rows: "The answer is empty: nothing in the graph fits.", "答案为空：图中没有符合条件的内容。";
    is_cut: "The answer goes on; it is complete in the downloads.", "答案未完，完整内容见下载文件。";
    the_query: "The query in SPARQL", "SPARQL 查询";
    edit_query: "Edit it in the SPARQL editor", "在 SPARQL 编辑器中修改";
    answer_as: "The answer as", "下载答案：";
    thing_hint: "Name, part of the title, DOI, address or IRI", "名称、标题片段、DOI、网址或 IRI";
    number_hint: "A whole number", "整数";
    no_answer: "This cannot be answered so", "无法这样回答";
    took_too_long: "The question took too long and was stopped. Narrow it down, or try again later.", "查询超时，已停止。请缩小范围或稍后重试。";

    group_tools: "Tools and their papers", "工具与论文";
    group_papers: "Papers", "论文";
    group_people: "People and topics", "人物与主题";
    group_trust: "How it is known", "可信程度";
    group_curators: "For curators", "清单维护";
    group_others: "Others", "其他";

    // SPARQL
    sparql_text: "Each source is a named graph; a query without GRAPH sees all of them together. Programs use the same address.", "每个来源是一个命名图；不写 GRAPH 的查询面向全部来源。程序使用同一地址。";
    query: "Query", "查询";
    run: "Run", "运行";
    result: "Result", "结果";
    examples: "Examples", "示例";
    examples_text: "The questions of this site, to begin with:", "可以从本站的预设问题开始：";
    yes: "Yes", "是";
    no: "No", "否";
    query_is_wrong: "The query has a mistake", "查询有误";
    query_failed: "The query could not be answered", "查询未能完成";
    result_as: "The result as", "下载结果：";

    // Pictures
    pictures_text: "The graph as pictures. Each can be opened alone, enlarged and downloaded.", "以图示呈现的知识图谱，均可单独打开、放大和下载。";
    open_alone: "Open the picture alone", "单独打开图片";
    of_part: "Only a part:", "仅显示部分：";
    whole: "The whole graph", "整个图谱";
    picture_scroll: "Picture, can be scrolled", "图片，可滚动";
    all_pictures: "All pictures", "全部图示";

    // Graph view
    neighbors: "Neighbors", "相邻对象";
    neighbor: "Thing", "对象";
    kind: "Kind", "类别";
    tie: "Tie", "关系";
    inferred: "inferred", "推断";
    stated: "stated", "明示";
    graph_hint: "Choose a thing to see what is around it; the table below says the same.", "选择一个对象可查看其周边；下表内容相同。";
    how: "How known", "得知方式";
    to_page: "Go to its page", "前往其页面";
    no_neighbors: "Nothing in the graph is tied to it.", "图中没有与之相关联的内容。";

    // Data
    about_text: "All that these pages show can be had as data.", "这些页面所展示的一切都可以作为数据获取。";
    whole_graph: "The whole graph", "整个图谱";
    rdf: "RDF", "RDF";
    networks: "Networks", "网络";
    tables: "Tables", "数据表";
    bibliographies: "Bibliographies", "参考文献";
    other_formats: "Others", "其他";
    linked_data: "Linked data", "关联数据";
    linked_data_text: "Each thing has an IRI that is an address. Browsers are led to its page, programs to its RDF:", "每个对象都有一个可访问的 IRI。浏览器会转到其页面，程序则得到其 RDF：";
    endpoint: "SPARQL endpoint", "SPARQL 端点";
    endpoint_text: "SPARQL 1.1 by GET and POST; read-only; no SERVICE.", "支持 SPARQL 1.1 的 GET 与 POST 请求；只读；不支持 SERVICE。";
    api: "Programming interface", "编程接口";
    api_text: "JSON for search, things, paths and the named questions. It is described in OpenAPI:", "以 JSON 提供搜索、对象、路径与预设问题，并附 OpenAPI 描述：";
    mcp: "For language models", "面向语言模型";
    mcp_text: "The same questions as tools of the Model Context Protocol, over HTTP at this address:", "同样的问题以 Model Context Protocol 工具的形式提供，HTTP 地址为：";
    void: "Description of the data set", "数据集描述";
    void_text: "What is in it, how much, and where, in the vocabulary VoID:", "以 VoID 词汇描述其内容、规模与位置：";
    sources: "Sources", "来源";
    sources_text: "Each is a named graph of its own, and is replaced as a whole when it is read again.", "每个来源对应一个命名图，重新读取时整体替换。";
    static_about_text: "These pages were written to files; there is no server behind them. What was written along with them:", "这些页面是静态文件，背后没有服务器。一同写出的文件如下：";
    no_downloads: "No files were written along with the pages.", "没有随页面写出数据文件。";

    // Ontology
    ontology_text: "The vocabulary of the graph: its own terms and the standard ones that it uses, each with what it means here.", "图谱所用的词汇：自有术语与所采用的标准术语，并说明其在此处的含义。";

    // Failures
    failure_400: "The request cannot be understood", "无法理解该请求";
    failure_403: "This is not allowed here", "此处不允许该操作";
    failure_404: "There is no such page", "没有这个页面";
    failure_405: "This cannot be done with this address", "该地址不支持此操作";
    failure_406: "There is no such format", "没有这种格式";
    failure_413: "The request is too large", "请求过大";
    failure_429: "Too many requests", "请求过于频繁";
    failure_500: "Something went wrong here", "服务器出错";
    failure_503: "The server is busy", "服务器繁忙";
    failure_504: "It took too long", "处理超时";
    failure_400_text: "A value in the address has the wrong form. It says below which one.", "地址中的某个值格式不正确，详见下文。";
    failure_404_text: "Nothing in the graph has this address. It may have been put together with another thing, or the list may no longer name it.", "图中没有对应该地址的内容。它可能已与其他对象合并，或清单已不再收录。";
    failure_406_text: "Ask for one of the formats that the page on data names.", "请选用数据页面所列的格式之一。";
    failure_500_text: "This is a fault of the server, not yours. It was written to its log.", "这是服务器的问题，与您的操作无关，已记入日志。";
    failure_503_text: "Too much is asked at once, or the graph is being built anew. Nothing is lost.", "同时请求过多，或图谱正在重建。数据不会丢失。";
    failure_504_text: "The question was stopped. Narrow it down: a topic, a year, a LIMIT.", "查询已停止。请缩小范围：限定主题、年份，或加上 LIMIT。";
    what_was_wrong: "What was wrong", "具体原因";
    what_to_do: "What to do", "可以这样做";
    search_instead: "Search for it", "搜索它";
    go_home: "Go to the first page", "返回首页";
    see_questions: "See the ready-made questions", "查看预设问题";
    see_data: "See the formats and addresses", "查看格式与地址";
}
