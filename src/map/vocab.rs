//! The terms that the graph is made of. `ontology/amml.ttl` declares the same ones; a test holds the two together.

use oxrdf::NamedNodeRef;

/// Our own namespace.
pub const AMML: &str = "https://w3id.org/amml-graph/ontology#";

/// Declares terms, and a table of all of them.
macro_rules! terms {
    ($($(#[$doc:meta])* $name:ident = $iri:expr;)*) => {
        $($(#[$doc])* pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked($iri);)*

        /// Every term of this module.
        pub const ALL: &[NamedNodeRef<'static>] = &[$($name),*];
    };
}

terms! {
    /// An article, preprint or conference paper.
    SCHOLARLY_ARTICLE = "http://schema.org/ScholarlyArticle";
    /// Software.
    SOFTWARE_APPLICATION = "http://schema.org/SoftwareApplication";
    /// A code repository.
    SOFTWARE_SOURCE_CODE = "http://schema.org/SoftwareSourceCode";
    /// A trained model, which is software, too.
    MODEL = "https://w3id.org/amml-graph/ontology#Model";
    /// A dataset or database.
    DATASET = "http://schema.org/Dataset";
    /// A course.
    COURSE = "http://schema.org/Course";
    /// A competition.
    EVENT = "http://schema.org/Event";
    /// A page to read.
    WEB_PAGE = "http://schema.org/WebPage";
    /// A list: the source itself, and other lists.
    ITEM_LIST = "http://schema.org/ItemList";
    /// An entry of a list.
    LIST_ITEM = "http://schema.org/ListItem";
    /// A book.
    BOOK = "http://schema.org/Book";
    /// A film.
    VIDEO_OBJECT = "http://schema.org/VideoObject";
    /// A laboratory, an institute, a preprint server.
    ORGANIZATION = "http://schema.org/Organization";
    /// A person.
    PERSON = "http://schema.org/Person";
    /// A journal.
    PERIODICAL = "http://schema.org/Periodical";
    /// A series of conferences.
    EVENT_SERIES = "http://schema.org/EventSeries";
    /// A file of a work.
    MEDIA_OBJECT = "http://schema.org/MediaObject";
    /// What a thing is called.
    NAME = "http://schema.org/name";
    /// What else it is called.
    ALTERNATE_NAME = "http://schema.org/alternateName";
    /// What it is.
    DESCRIPTION = "http://schema.org/description";
    /// Who wrote it.
    AUTHOR = "http://schema.org/author";
    /// Family name of a person.
    FAMILY_NAME = "http://schema.org/familyName";
    /// Given names or initials of a person.
    GIVEN_NAME = "http://schema.org/givenName";
    /// When it was published.
    DATE_PUBLISHED = "http://schema.org/datePublished";
    /// The venue of a paper.
    IS_PART_OF = "http://schema.org/isPartOf";
    /// An address of the same thing.
    SAME_AS = "http://schema.org/sameAs";
    /// The address that the entry gives.
    URL = "http://schema.org/url";
    /// The repository of a tool.
    CODE_REPOSITORY = "http://schema.org/codeRepository";
    /// A file of the work.
    ENCODING = "http://schema.org/encoding";
    /// Where the file is.
    CONTENT_URL = "http://schema.org/contentUrl";
    /// The work in another language.
    WORK_TRANSLATION = "http://schema.org/workTranslation";
    /// The language of a work.
    IN_LANGUAGE = "http://schema.org/inLanguage";
    /// The main thing of an entry.
    ITEM = "http://schema.org/item";
    /// Another thing of an entry.
    MENTIONS = "http://schema.org/mentions";
    /// The place of an entry in its list.
    POSITION = "http://schema.org/position";
    /// The text of an entry, of a source.
    TEXT = "http://schema.org/text";
    /// An entry of a list.
    ITEM_LIST_ELEMENT = "http://schema.org/itemListElement";
    /// The authors in order.
    AUTHOR_LIST = "http://purl.org/ontology/bibo/authorList";
    /// The DOI.
    DOI = "http://purl.org/ontology/bibo/doi";
    /// The volume.
    VOLUME = "http://purl.org/ontology/bibo/volume";
    /// The issue.
    ISSUE = "http://purl.org/ontology/bibo/issue";
    /// The pages.
    PAGES = "http://purl.org/ontology/bibo/pages";
    /// The PubMed Central identifier.
    PMCID = "http://purl.org/spar/fabio/hasPubMedCentralId";
    /// The PubMed number.
    PMID = "http://purl.org/spar/fabio/hasPubMedId";
    /// A paper cites a paper.
    CITES = "http://purl.org/spar/cito/cites";
    /// The topic of a thing or an entry.
    SUBJECT = "http://purl.org/dc/terms/subject";
    /// The list of an entry.
    DCTERMS_IS_PART_OF = "http://purl.org/dc/terms/isPartOf";
    /// The key of a source.
    IDENTIFIER = "http://purl.org/dc/terms/identifier";
    /// Where a fact was read.
    SOURCE = "http://purl.org/dc/terms/source";
    /// A topic.
    CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept";
    /// The topics of a list.
    CONCEPT_SCHEME = "http://www.w3.org/2004/02/skos/core#ConceptScheme";
    /// The scheme of a topic.
    IN_SCHEME = "http://www.w3.org/2004/02/skos/core#inScheme";
    /// A topic without one above it.
    TOP_CONCEPT_OF = "http://www.w3.org/2004/02/skos/core#topConceptOf";
    /// The topic above.
    BROADER = "http://www.w3.org/2004/02/skos/core#broader";
    /// The label of a topic.
    PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel";
    /// A topic of another list that says the same.
    CLOSE_MATCH = "http://www.w3.org/2004/02/skos/core#closeMatch";
    /// The number of a topic.
    NOTATION = "http://www.w3.org/2004/02/skos/core#notation";
    /// What a thing or a statement rests on.
    WAS_DERIVED_FROM = "http://www.w3.org/ns/prov#wasDerivedFrom";
    /// The same thing under a weaker identifier.
    OWL_SAME_AS = "http://www.w3.org/2002/07/owl#sameAs";
    /// The class of a thing.
    TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
    /// A statement about a statement.
    STATEMENT = "http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement";
    /// What the statement is about.
    RDF_SUBJECT = "http://www.w3.org/1999/02/22-rdf-syntax-ns#subject";
    /// What it says of it.
    RDF_PREDICATE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate";
    /// The other side.
    RDF_OBJECT = "http://www.w3.org/1999/02/22-rdf-syntax-ns#object";
    /// An element of a list.
    FIRST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
    /// The rest of a list.
    REST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
    /// The end of a list.
    NIL = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";
    /// The number of a year.
    XSD_G_YEAR = "http://www.w3.org/2001/XMLSchema#gYear";
    /// A whole number.
    XSD_INTEGER = "http://www.w3.org/2001/XMLSchema#integer";
    /// A decimal number.
    XSD_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal";
    /// True or false.
    XSD_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean";
    /// A table of facts about works and tools.
    FACT_TABLE = "https://w3id.org/amml-graph/ontology#FactTable";
    /// A row of such a table.
    FACT = "https://w3id.org/amml-graph/ontology#Fact";
    /// A file of decisions.
    DECISION_FILE = "https://w3id.org/amml-graph/ontology#DecisionFile";
    /// What a person decided of things.
    DECISION = "https://w3id.org/amml-graph/ontology#Decision";
    /// The list that a list counts with.
    COUNTS_WITH = "https://w3id.org/amml-graph/ontology#countsWith";
    /// A flaw in a source, or something in it that was not understood.
    NOTICE = "https://w3id.org/amml-graph/ontology#Notice";
    /// A link with its role.
    LINK = "https://w3id.org/amml-graph/ontology#Link";
    /// A tool implements or accompanies a paper.
    IMPLEMENTS = "https://w3id.org/amml-graph/ontology#implements";
    /// A preprint became an article.
    PREPRINT_OF = "https://w3id.org/amml-graph/ontology#preprintOf";
    /// A tool uses another.
    USES_TOOL = "https://w3id.org/amml-graph/ontology#usesTool";
    /// The arXiv identifier.
    ARXIV_ID = "https://w3id.org/amml-graph/ontology#arxivId";
    /// The number that bioRxiv or medRxiv gave.
    BIORXIV_ID = "https://w3id.org/amml-graph/ontology#biorxivId";
    /// The source said that there are more authors.
    AUTHORS_TRUNCATED = "https://w3id.org/amml-graph/ontology#authorsTruncated";
    /// First line in the file.
    FIRST_LINE = "https://w3id.org/amml-graph/ontology#firstLine";
    /// Last line in the file.
    LAST_LINE = "https://w3id.org/amml-graph/ontology#lastLine";
    /// A rule by which an entry was read.
    RULE = "https://w3id.org/amml-graph/ontology#rule";
    /// A link of a thing.
    HAS_LINK = "https://w3id.org/amml-graph/ontology#hasLink";
    /// The role of a link.
    ROLE = "https://w3id.org/amml-graph/ontology#role";
    /// The name of a thing that is shown first.
    RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label";
    /// The date of a thing that is shown first.
    ISSUED = "http://purl.org/dc/terms/issued";
    /// Why something was inferred.
    EVIDENCE = "https://w3id.org/amml-graph/ontology#evidence";
    /// How sure it is.
    CONFIDENCE = "https://w3id.org/amml-graph/ontology#confidence";
    /// What a notice is about.
    NOTICE_CODE = "https://w3id.org/amml-graph/ontology#noticeCode";
    /// The number of a month in a year.
    XSD_G_YEAR_MONTH = "http://www.w3.org/2001/XMLSchema#gYearMonth";
    /// A day.
    XSD_DATE = "http://www.w3.org/2001/XMLSchema#date";
    /// A work that a tool refers to, without implementing it.
    CITATION = "http://schema.org/citation";
    /// A keyword in the words of the authors.
    KEYWORDS = "http://schema.org/keywords";
    /// The licence.
    LICENSE = "http://schema.org/license";
    /// The programming language.
    PROGRAMMING_LANGUAGE = "http://schema.org/programmingLanguage";
    /// The latest version.
    SOFTWARE_VERSION = "http://schema.org/softwareVersion";
    /// The day of the last change.
    DATE_MODIFIED = "http://schema.org/dateModified";
    /// What became of a thing: retracted, corrected, archived.
    CREATIVE_WORK_STATUS = "http://schema.org/creativeWorkStatus";
    /// The notice that corrects or retracts a work.
    CORRECTION = "http://schema.org/correction";
    /// The abstract.
    ABSTRACT = "http://schema.org/abstract";
    /// When a service said it.
    DATE = "http://purl.org/dc/terms/date";
    /// A registry of tools with their papers.
    REGISTRY = "https://w3id.org/amml-graph/ontology#Registry";
    /// What a service or a registry has on file of a thing.
    RECORD = "https://w3id.org/amml-graph/ontology#Record";
    /// What a service said when it was asked.
    SERVICE = "https://w3id.org/amml-graph/ontology#Service";
    /// A bibliography, which is a list, too.
    BIBLIOGRAPHY = "https://w3id.org/amml-graph/ontology#Bibliography";
    /// What of a source is taken in.
    SCOPE = "https://w3id.org/amml-graph/ontology#scope";
    /// How often a work is cited, as the source counts.
    CITATION_COUNT = "https://w3id.org/amml-graph/ontology#citationCount";
    /// How many people have marked a repository.
    STARS = "https://w3id.org/amml-graph/ontology#stars";
    /// The address to which a thing moved.
    MOVED_TO = "https://w3id.org/amml-graph/ontology#movedTo";
    /// How close a tool is to a paper.
    GRADE = "https://w3id.org/amml-graph/ontology#grade";
    /// The ORCID iD of a person.
    ORCID = "https://w3id.org/amml-graph/ontology#orcid";
    /// How links fared when they were checked.
    LINK_REPORT = "https://w3id.org/amml-graph/ontology#LinkReport";
    /// A day on which a link was found in another state than before.
    LINK_CHANGE = "https://w3id.org/amml-graph/ontology#LinkChange";
    /// Whether something is at an address.
    LINK_STATE = "https://w3id.org/amml-graph/ontology#linkState";
    /// Why a link is gone, or why that cannot be told.
    LINK_REASON = "https://w3id.org/amml-graph/ontology#linkReason";
    /// What the server answered.
    HTTP_STATUS = "https://w3id.org/amml-graph/ontology#httpStatus";
    /// When an address was last looked at.
    CHECKED_ON = "https://w3id.org/amml-graph/ontology#checkedOn";
    /// A copy of what was at an address.
    ARCHIVED_AT = "https://w3id.org/amml-graph/ontology#archivedAt";
    /// A change in the state of an address.
    HAS_CHANGE = "https://w3id.org/amml-graph/ontology#hasChange";
    /// The state that an address was found in.
    CHANGED_TO = "https://w3id.org/amml-graph/ontology#changedTo";
    /// An analysis of the graph.
    ANALYSIS = "https://w3id.org/amml-graph/ontology#Analysis";
    /// A parameter of an analysis.
    PARAMETER = "https://w3id.org/amml-graph/ontology#parameter";
    /// What made an entity.
    WAS_GENERATED_BY = "http://www.w3.org/ns/prov#wasGeneratedBy";
    /// What an activity used.
    USED = "http://www.w3.org/ns/prov#used";
    /// How strong a computed relation is.
    STRENGTH = "https://w3id.org/amml-graph/ontology#strength";
    /// The PageRank among citations.
    PAGE_RANK = "https://w3id.org/amml-graph/ontology#pageRank";
    /// How much good works cite it.
    AUTHORITY_SCORE = "https://w3id.org/amml-graph/ontology#authorityScore";
    /// How much it cites good works.
    HUB_SCORE = "https://w3id.org/amml-graph/ontology#hubScore";
    /// How many point to it.
    IN_DEGREE = "https://w3id.org/amml-graph/ontology#inDegree";
    /// To how many it points.
    OUT_DEGREE = "https://w3id.org/amml-graph/ontology#outDegree";
    /// The core that it is in.
    CORE_NUMBER = "https://w3id.org/amml-graph/ontology#coreNumber";
    /// On how many shortest ways it lies.
    BETWEENNESS = "https://w3id.org/amml-graph/ontology#betweenness";
    /// The connected component.
    COMPONENT = "https://w3id.org/amml-graph/ontology#component";
    /// The strongly connected component.
    STRONG_COMPONENT = "https://w3id.org/amml-graph/ontology#strongComponent";
    /// The community.
    COMMUNITY = "https://w3id.org/amml-graph/ontology#community";
    /// Two works are cited together.
    CO_CITED_WITH = "https://w3id.org/amml-graph/ontology#coCitedWith";
    /// Two works cite the same.
    COUPLED_WITH = "https://w3id.org/amml-graph/ontology#coupledWith";
    /// Two topics have things in common.
    OVERLAPS_WITH = "https://w3id.org/amml-graph/ontology#overlapsWith";
    /// The place on the main path.
    MAIN_PATH_POSITION = "https://w3id.org/amml-graph/ontology#mainPathPosition";
    /// Two persons have written together.
    CO_AUTHOR_OF = "https://w3id.org/amml-graph/ontology#coAuthorOf";
    /// Two things have much in common.
    SIMILAR_TO = "https://w3id.org/amml-graph/ontology#similarTo";
    /// Entries cite it, and no list has it.
    MISSING_FROM_LISTS = "https://w3id.org/amml-graph/ontology#missingFromLists";
    /// A living tool may take the place of one that nobody looks after.
    MAY_BE_SUCCEEDED_BY = "https://w3id.org/amml-graph/ontology#mayBeSucceededBy";
}

/// The classes of things that people ask for, with the word for each; of a thing with several, the first counts.
pub const KINDS: [(NamedNodeRef<'static>, &str); 15] = [
    (SCHOLARLY_ARTICLE, "paper"),
    (MODEL, "model"),
    (SOFTWARE_APPLICATION, "tool"),
    (DATASET, "dataset"),
    (COURSE, "course"),
    (EVENT, "competition"),
    (ORGANIZATION, "organization"),
    (ITEM_LIST, "list"),
    (WEB_PAGE, "article"),
    (BOOK, "book"),
    (VIDEO_OBJECT, "video"),
    (PERSON, "person"),
    (CONCEPT, "topic"),
    (PERIODICAL, "journal"),
    (EVENT_SERIES, "conference"),
];
