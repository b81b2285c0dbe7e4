//! Answers that services really gave, where a collection of them is at hand beside the project.
//!
//! They are not part of the project. Where there are none, these tests say so and pass.

use std::path::Path;

use amml_graph::{
    enrich::{Ask, Question, Service, service},
    id::{RepoSlug, WebUrl},
    model::{Attribute, Dossier, Kind, PersonName, WorkRef},
};

/// The body of a recorded answer; the folder is called like the service.
fn recorded(service: &str, file: &str) -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/fixtures/api").join(service.replace('-', "_"));
    let body = std::fs::read(folder.join(file)).ok();
    if body.is_none() {
        println!("skipped: there is no recorded answer {service}/{file}");
    }
    body
}

fn service_called(name: &str) -> &'static dyn Service {
    service::all().into_iter().chain(service::on_request()).find(|service| service.name() == name).unwrap()
}

fn about(work: &str) -> Question {
    let work: WorkRef = work.parse().unwrap();
    Question { about: work.clone(), ask: Ask::Work(work) }
}

/// What a service reads in the recorded answer to one question. `None` if there is no such answer.
fn read(service: &str, file: &str, question: &Question) -> Option<Vec<Dossier>> {
    let body = recorded(service, file)?;
    let service = service_called(service);
    let parts = service.split(std::slice::from_ref(question), &body).unwrap();
    let part = parts.into_iter().next().unwrap();
    Some(part.map(|part| service.read(question, &part).unwrap()).unwrap_or_default())
}

/// A record and what it says: the work that was asked for, how the title begins, the number of authors, the date, what the
/// dossier has as identifier, the number of works that it cites.
type Expected = (&'static str, &'static str, &'static str, usize, &'static str, &'static str, usize);

fn check(service: &str, records: &[Expected]) {
    for &(file, work, title, n_authors, date, id, n_cites) in records {
        let Some(found) = read(service, file, &about(work)) else { continue };
        let [dossier] = &found[..] else { panic!("{file}: {found:?}") };
        assert!(dossier.title.starts_with(title), "{file}: {}", dossier.title);
        assert_eq!(dossier.authors.len(), n_authors, "{file}");
        assert_eq!(dossier.date.map(|date| date.to_string()).as_deref(), Some(date), "{file}");
        assert!(WorkRef::of_identifiers(&dossier.ids).any(|one| one.to_string() == id), "{file}: {:?}", dossier.ids);
        assert_eq!(dossier.cites.len(), n_cites, "{file}");
    }
}

fn value(dossier: &Dossier, wanted: Attribute) -> Option<&str> {
    dossier.attributes.iter().find(|(attribute, _)| *attribute == wanted).map(|(_, value)| value.as_str())
}

#[test]
fn crossref_records() {
    check(
        "crossref",
        &[
            (
                "work_10.1007_s00120-007-1345-2_two_titles.json",
                "doi:10.1007/s00120-007-1345-2",
                "Penisverletzung durch",
                1,
                "2007-07-08",
                "doi:10.1007/s00120-007-1345-2",
                15,
            ),
            (
                "work_10.1007_s40278-023-41815-2_no_author.json",
                "doi:10.1007/s40278-023-41815-2",
                "Convalescent-anti-sars",
                0,
                "2023-06-24",
                "doi:10.1007/s40278-023-41815-2",
                1,
            ),
            (
                "work_10.1016_j.xgen.2025.100814.json",
                "doi:10.1016/j.xgen.2025.100814",
                "High-throughput screening of",
                6,
                "2025-04",
                "doi:10.1016/j.xgen.2025.100814",
                53,
            ),
            (
                "work_10.1038_s42256-024-00832-8_references.json",
                "doi:10.1038/s42256-024-00832-8",
                "Augmenting large language",
                6,
                "2024-05-08",
                "doi:10.1038/s42256-024-00832-8",
                58,
            ),
            (
                "work_10.1073_pnas.1205508109_title_markup.json",
                "doi:10.1073/pnas.1205508109",
                "Oncogenic mutations mimic",
                5,
                "2012-09-04",
                "doi:10.1073/pnas.1205508109",
                37,
            ),
            (
                "work_10.1101_2024.04.01.587366_biorxiv_preprint.json",
                "doi:10.1101/2024.04.01.587366",
                "High-throughput screening of",
                6,
                "2024-04-01",
                "doi:10.1101/2024.04.01.587366",
                50,
            ),
            // It cites 65 works with a DOI; four DOIs have the signs `<` and `>`, which a DOI cannot have here.
            (
                "work_10.1371_journal.pone.0033693_public_pool.json",
                "doi:10.1371/journal.pone.0033693",
                "Methylphenidate Exposure",
                6,
                "2012-03-21",
                "doi:10.1371/journal.pone.0033693",
                61,
            ),
            (
                "work_10.3892_ijo_00000353_family_only.json",
                "doi:10.3892/ijo_00000353",
                "Human bladder cancer cells",
                1,
                "2009-06-26",
                "doi:10.3892/ijo_00000353",
                0,
            ),
            (
                "work_10.7554_elife.01567_orcid.json",
                "doi:10.7554/elife.01567",
                "Automated quantitative",
                5,
                "2014-02-11",
                "doi:10.7554/elife.01567",
                27,
            ),
            (
                "work_title_italic_newlines.json",
                "doi:10.1136/jclinpath-2020-206745",
                "Construction of a reference",
                15,
                "2020-08-17",
                "doi:10.1136/jclinpath-2020-206745",
                32,
            ),
        ],
    );
}

#[test]
fn crossref_says_more_of_some_records() {
    let read = |file, work| read("crossref", file, &about(work)).map(|mut found| found.pop());
    let component = read(
        "work_10.1371_journal.pmed.0030277.g001_null_date_empty_title.json",
        "doi:10.1371/journal.pmed.0030277.g001",
    );
    assert_eq!(component.flatten(), None);
    if let Some(preprint) =
        read("work_10.1101_2024.04.01.587366_biorxiv_preprint.json", "doi:10.1101/2024.04.01.587366")
    {
        let preprint = preprint.unwrap();
        let [article] = &preprint.related[..] else { panic!("{preprint:?}") };
        assert_eq!(article.other.ids.doi, "10.1016/j.xgen.2025.100814".parse().ok());
        assert_eq!((article.is_inverse, preprint.venue.as_deref()), (false, Some("bioRxiv")));
        assert_eq!(preprint.authors.iter().filter(|author| author.orcid.is_some()).count(), 1);
    }
    if let Some(article) =
        read("work_10.1371_journal.pone.0033693_public_pool.json", "doi:10.1371/journal.pone.0033693")
    {
        let article = article.unwrap();
        assert_eq!(value(&article, Attribute::Status), Some("corrected"));
        let notice = value(&article, Attribute::Correction).unwrap();
        assert_eq!(notice, "https://doi.org/10.1371/annotation/c76da2c1-ccb8-4797-94c1-359d3ceceeda");
        assert_eq!((value(&article, Attribute::CitationCount), article.pages.as_deref()), (Some("72"), Some("e33693")));
    }
}

#[test]
fn crossref_lists() {
    let title = "The Dilemma and Countermeasures of Music Education under the Background of Big Data";
    let question = |title: &str| Question {
        about: WorkRef::Title(title.to_owned()),
        ask: Ask::Title(title.to_owned(), None, None),
    };
    if let Some(found) = read("crossref", "worklist_title_query_select_retracted.json", &question(title)) {
        assert_eq!((found.len(), found[0].title.as_str(), found[0].authors.len()), (1, title, 1));
    }
    if let Some(found) = read("crossref", "worklist_title_query_nejm.json", &question("Beta-Blocker")) {
        assert_eq!((found.len(), found[0].authors.len()), (1, 36));
    }
    assert_eq!(read("crossref", "worklist_empty.json", &question("x")).unwrap_or_default(), []);
    let Some(body) = recorded("crossref", "worklist_group_author.json") else { return };
    let works = ["doi:10.4095/110861", "doi:10.1000/none", "doi:10.4156/jdcta.vol6.issue1.50"].map(about);
    let parts = service_called("crossref").split(&works, &body).unwrap();
    let author = |at: usize| {
        let part = parts[at].as_ref()?;
        service_called("crossref").read(&works[at], part).unwrap().pop()?.authors.into_iter().next()
    };
    let group = author(0).unwrap();
    assert!(group.is_group && group.family == "Geological Survey of Canada");
    assert_eq!(author(1), None);
    // Its authors have a hyphen for the family name.
    let person = author(2).unwrap();
    assert_eq!((person.family.as_str(), person.given.as_str()), ("Ding", "Xuewen"));
}

#[test]
fn datacite_records() {
    check(
        "datacite",
        &[
            (
                "doi_10.48550_arxiv.1902.02534.json",
                "arxiv:1902.02534",
                "Crowdsourcing open citations",
                3,
                "2019-02-07",
                "arxiv:1902.02534",
                0,
            ),
            (
                "doi_10.5061_dryad.8515_dataset.json",
                "doi:10.5061/dryad.8515",
                "Data from: A new malaria",
                8,
                "2011-02-01",
                "doi:10.5061/dryad.8515",
                0,
            ),
            (
                "doi_10.5281_zenodo.1196821.json",
                "doi:10.5281/zenodo.1196821",
                "Pspm-Sc4B: Scr, Ecg",
                6,
                "2018-03-14",
                "doi:10.5281/zenodo.1196821",
                0,
            ),
            (
                "doi_10.5281_zenodo.48440_software.json",
                "doi:10.5281/zenodo.48440",
                "Analysis Tools for Crossover",
                1,
                "2016-03-27",
                "doi:10.5281/zenodo.48440",
                0,
            ),
            (
                "doi_10.6084_m9.figshare.1449060.json",
                "doi:10.6084/m9.figshare.1449060",
                "Drosophila melanogaster wing",
                4,
                "2020",
                "doi:10.6084/m9.figshare.1449060",
                0,
            ),
        ],
    );
    let file = "doi_10.5281_zenodo.48440_software.json";
    let Some(found) = read("datacite", file, &about("doi:10.5281/zenodo.48440")) else { return };
    let addresses: Vec<&str> = found[0].links.iter().map(|(_, url)| url.as_ref()).collect();
    assert_eq!(addresses, ["https://zenodo.org/record/48440", "https://github.com/kjgarza/frame_experiment_analysis"]);
    assert_eq!((found[0].kind, value(&found[0], Attribute::Version)), (Kind::Tool, Some("v1.0")));
}

#[test]
fn datacite_lists() {
    let Some(body) = recorded("datacite", "dois_list_page1_size5.json") else { return };
    let works =
        ["doi:10.15468/dl.msish2", "doi:10.1000/none", "doi:10.5281/zenodo.3520062", "doi:10.5281/zenodo.3596961"]
            .map(about);
    let parts = service_called("datacite").split(&works, &body).unwrap();
    let read = |at: usize| service_called("datacite").read(&works[at], parts[at].as_ref()?).unwrap().pop();
    let download = read(0).unwrap();
    assert_eq!((download.kind, download.cites.len(), download.authors[0].is_group), (Kind::Dataset, 18, true));
    assert_eq!((read(1), read(2).unwrap().kind), (None, Kind::Book));
    assert_eq!(read(3).unwrap().kind, Kind::Tool);
}

#[test]
fn openalex_records() {
    check(
        "openalex",
        &[
            (
                "work_10.1007_s40278-023-41815-2_no_authorships.json",
                "doi:10.1007/s40278-023-41815-2",
                "Convalescent-anti-sars",
                0,
                "2023-06-23",
                "doi:10.1007/s40278-023-41815-2",
                1,
            ),
            (
                "work_10.1016_j.xgen.2025.100814.json",
                "doi:10.1016/j.xgen.2025.100814",
                "High-throughput screening of",
                6,
                "2025-03-01",
                "pmid:40120586",
                59,
            ),
            (
                "work_10.1073_pnas.1414271111.json",
                "doi:10.1073/pnas.1414271111",
                "Developing functional",
                5,
                "2014-10-27",
                "pmcid:PMC4234579",
                73,
            ),
            (
                "work_10.1101_097196_preprint.json",
                "doi:10.1101/097196",
                "A Data Citation Roadmap",
                11,
                "2016-12-28",
                "doi:10.1101/097196",
                14,
            ),
            (
                "work_10.1145_3448016.3452841_proceedings.json",
                "doi:10.1145/3448016.3452841",
                "Vector Quotient Filters",
                6,
                "2021-06-09",
                "doi:10.1145/3448016.3452841",
                49,
            ),
            (
                "work_10.14264_3e10f66_missing_contributor_name.json",
                "doi:10.14264/3e10f66",
                "A computational impact",
                1,
                "2022-12-16",
                "doi:10.14264/3e10f66",
                0,
            ),
            (
                "work_10.2210_pdb4hhb_pdb_dataset.json",
                "doi:10.2210/pdb4hhb/pdb",
                "THE CRYSTAL STRUCTURE OF",
                2,
                "1984-03-07",
                "doi:10.2210/pdb4hhb/pdb",
                0,
            ),
        ],
    );
    // Records without a title.
    for (file, work) in [
        ("work_10.7600_jspfsm.56.60_null_author_id.json", "doi:10.7600/jspfsm.56.60"),
        ("work_select_open_access.json", "doi:10.1093/nar/gkw1164"),
    ] {
        assert_eq!(read("openalex", file, &about(work)).unwrap_or_default(), [], "{file}");
    }
    if let Some(body) = recorded("openalex", "404_not_found.html") {
        assert!(service_called("openalex").split(&[about("doi:10.1000/x")], &body).is_err());
    }
}

#[test]
fn openalex_lists() {
    let Some(body) = recorded("openalex", "worklist_title_search_chemcrow_2_results.json") else { return };
    let works = ["arxiv:2304.05376", "doi:10.1038/s42256-024-00832-8", "doi:10.1000/none"].map(about);
    let parts = service_called("openalex").split(&works, &body).unwrap();
    let read = |at: usize| service_called("openalex").read(&works[at], parts[at].as_ref()?).unwrap().pop();
    let (preprint, article) = (read(0).unwrap(), read(1).unwrap());
    assert_eq!((preprint.venue.as_deref(), preprint.authors.len(), preprint.cites.len()), (Some("arXiv"), 4, 0));
    assert_eq!(preprint.date.unwrap().to_string(), "2023");
    assert_eq!((article.pages.as_deref(), article.cites.len()), (Some("525-535"), 57));
    // The author of the record is called otherwise than in the work.
    assert_eq!(preprint.authors[2].display(), "Andrew D. White");
    assert_eq!(read(2), None);
}

#[test]
fn semantic_scholar_records() {
    let service = "semantic-scholar";
    let title = "Augmenting large language";
    let id = "pmcid:PMC11116106";
    let file = "paper_doi_10.1038_s42256-024-00832-8.json";
    check(
        service,
        &[
            (file, "doi:10.1038/s42256-024-00832-8", title, 6, "2023-04-11", id, 0),
            (file, "arxiv:2304.05376", title, 6, "2023-04-11", id, 0),
            (
                "batch_pmid_20516115.json",
                "pmid:20516115",
                "Comprehensive Analysis of",
                0,
                "2010",
                "doi:10.1158/0008-5472.can-09-4563",
                0,
            ),
        ],
    );
    let search = Question { about: WorkRef::Title("x".into()), ask: Ask::Title("x".into(), None, None) };
    if let Some(found) = read(service, "match_title.json", &search) {
        assert_eq!((found.len(), found[0].venue.as_deref()), (1, Some("Nature Machine Intelligence")));
        assert_eq!(
            (value(&found[0], Attribute::CitationCount), found[0].pages.as_deref()),
            (Some("500"), Some("525-535"))
        );
    }
    for (file, question) in [
        ("404_title_match_not_found.json", &search),
        ("404_paper_not_found.json", &about("doi:10.1101/2024.04.01.587366")),
    ] {
        assert_eq!(read(service, file, question).unwrap_or_default(), [], "{file}");
    }
    for file in ["403_forbidden.json", "429_too_many_requests.json", "400_unsupported_field.json"] {
        let Some(body) = recorded(service, file) else { continue };
        assert!(service_called(service).split(std::slice::from_ref(&search), &body).is_err(), "{file}");
    }
}

#[test]
fn semantic_scholar_lists() {
    let Some(body) = recorded("semantic-scholar", "batch_all_fields_with_not_found.json") else { return };
    let works =
        ["doi:10.1000/none", "doi:10.2139/ssrn.288970", "doi:10.2139/ssrn.2250500", "doi:10.1257/rct.1355"].map(about);
    let parts = service_called("semantic-scholar").split(&works, &body).unwrap();
    let read = |at: usize| service_called("semantic-scholar").read(&works[at], parts[at].as_ref()?).unwrap().pop();
    assert_eq!(read(0), None);
    let authors: Vec<usize> = (1..4).map(|at| read(at).unwrap().authors.len()).collect();
    assert_eq!(authors, [3, 4, 3]);
    assert_eq!((read(3).unwrap().venue, read(3).unwrap().date.unwrap().to_string().as_str()), (None, "2023"));
}

/// Whether a service takes a recorded answer for none of its own; true as well where there is no such answer.
fn is_refused(service: &str, file: &str, question: &Question) -> bool {
    let Some(body) = recorded(service, file) else { return true };
    let service = service_called(service);
    service.split(std::slice::from_ref(question), &body).is_err() && service.read(question, &body).is_err()
}

#[test]
fn europepmc_records() {
    let core = "search_core_cursor_3_results.json";
    let lite = "search_lite_pmid_20516115.json";
    let full_text = "search_github_url_fulltext_v4.5_2016.json";
    let brca = "Comprehensive analysis of missense variations in the BRCT domain";
    let doi = "doi:10.1038/s41598-026-43147-x";
    check(
        "europepmc",
        &[
            (core, doi, "Object tracking algorithm based", 3, "2026-03-06", "pmid:41792208", 0),
            (core, "pmcid:PMC12938590", "Space Human-Robot", 3, "2026-02-02", "doi:10.3390/biomimetics11020103", 0),
            (core, "pmcid:PMC13013079", "Interactive behavior", 3, "2026-03-26", "pmcid:PMC13013079", 0),
            (lite, "pmid:20516115", brca, 11, "2010-06", "doi:10.1158/0008-5472.can-09-4563", 0),
            ("search_lite_variant_query_one_hit.json", "pmcid:PMC3040717", brca, 11, "2010-06", "pmid:20516115", 0),
            (full_text, "doi:10.1534/g3.112.005298", "PolyCat: a resource", 3, "2013", "pmid:23450226", 0),
            (full_text, "pmid:25202518", "A targeted enrichment", 10, "2013", "pmid:25202518", 0),
        ],
    );
    if let Some(found) = read("europepmc", core, &about("pmcid:PMC12938590")) {
        assert_eq!(found[0].authors.iter().filter(|author| author.orcid.is_some()).count(), 2);
        assert_eq!((found[0].volume.as_deref(), found[0].pages.as_deref()), (Some("11"), Some("103")));
        assert_eq!(value(&found[0], Attribute::CitationCount), Some("0"));
        let title = "Space Human-Robot Interaction with Gaze Tracking Based on Attention Mechanism";
        assert_eq!(found[0].title, title);
    }
    if let Some(found) = read("europepmc", lite, &about("pmid:20516115")) {
        let last = found[0].authors.last().unwrap();
        assert_eq!((last.family.as_str(), last.given.as_str()), ("Glover", "JN"));
        assert_eq!(
            (value(&found[0], Attribute::CitationCount), found[0].pages.as_deref()),
            (Some("133"), Some("4880-4890"))
        );
    }
}

#[test]
fn europepmc_without_an_answer() {
    let nothing = read("europepmc", "search_no_hit_v4.5_2016.json", &about("pmid:17183658"));
    assert_eq!(nothing.unwrap_or_default(), []);
    for file in [
        "supplementary_not_open_access_error.xml",
        "citations_page1_v4.5_2016.json",
        "citations_last_page_v4.5_2016.json",
    ] {
        assert!(is_refused("europepmc", file, &about("pmcid:PMC3040717")), "{file}");
    }
    // It found more than it shows: the work may be among the rest.
    let Some(body) = recorded("europepmc", "search_core_cursor_3_results.json") else { return };
    assert!(service_called("europepmc").split(&[about("pmid:1")], &body).is_err());
}

#[test]
fn ncbi_records() {
    for (file, asked, others) in [
        ("idconv_v1.0_doi.json", "doi:10.1038/ng.590", ["pmcid:PMC2883744", "pmid:20495566"]),
        ("idconv_v1.0_doi_found_2016.json", "doi:10.1371/journal.pone.0000030", ["pmcid:PMC1762313", "pmid:17183658"]),
        ("idconv_v1.0_pmid_2016.json", "pmid:19776281", ["pmcid:PMC2782675", "doi:10.1523/jneurosci.2643-09.2009"]),
    ] {
        let Some(found) = read("ncbi", file, &about(asked)) else { continue };
        let ids: Vec<String> = WorkRef::of_identifiers(&found[0].ids).map(|work| work.to_string()).collect();
        assert!(found.len() == 1 && others.iter().all(|other| ids.contains(&(*other).to_owned())), "{file}: {ids:?}");
    }
    for (file, asked) in [
        ("idconv_v1.0_not_found_2016.json", "doi:10.1371/journal.pone.0000030x"),
        ("idconv_v1.0_pmid_not_in_pmc_2016.json", "pmid:19308318"),
    ] {
        assert_eq!(read("ncbi", file, &about(asked)).unwrap_or_default(), [], "{file}");
    }
    for file in [
        "idconv_v1.0_404_wrong_idtype.json",
        "pubmed_esearch.json",
        "pubmed_efetch_3_articles.xml",
        "pubtator3_biocjson_20516115.json",
    ] {
        assert!(is_refused("ncbi", file, &about("pmid:28371833")), "{file}");
    }
}

#[test]
fn arxiv_records() {
    let first = "search_page_start0_max10.atom.xml";
    let three = "search_attention_mechanism_max3.atom.xml";
    let old = "id_old_style_astro-ph_0601001.atom.xml";
    let proceedings = "Proceedings of Workshop AEW10";
    check(
        "arxiv",
        &[
            ("id_1707.08567.atom.xml", "arxiv:1707.08567", proceedings, 34, "2017-07-27", "arxiv:1707.08567", 0),
            ("id_list_two_ids.atom.xml", "arxiv:1707.08567", proceedings, 34, "2017-07-27", "arxiv:1707.08567", 0),
            (old, "arxiv:astro-ph/0601001", "Frequency of Hot Jupiters", 4, "2006-01-02", "arxiv:astro-ph/0601001", 0),
        ],
    );
    if let Some(found) = read("arxiv", "id_1707.08567.atom.xml", &about("arxiv:1707.08567")) {
        // Its UTF-8 was read as Latin-1.
        assert!(found[0].authors.iter().any(|author| author.family == "Wübben"));
        assert!(found[0].subjects.iter().any(|term| term.label == "cs.IT"));
    }
    for (file, ids) in [(first, ["2202.12139", "2005.14124"]), (three, ["2002.00741", "1112.2954"])] {
        let works = ids.map(|id| about(&format!("arxiv:{id}")));
        let Some(body) = recorded("arxiv", file) else { continue };
        let parts = service_called("arxiv").split(&works, &body).unwrap();
        for (work, part) in works.iter().zip(&parts) {
            let found = service_called("arxiv").read(work, part.as_ref().unwrap()).unwrap();
            assert!(found.len() == 1 && !found[0].title.is_empty() && !found[0].authors.is_empty(), "{work:?}");
        }
    }
    assert!(is_refused("arxiv", "400_incorrect_id_format.atom.xml", &about("arxiv:1707.08567")));
    for (file, work) in [
        ("id_0000.0000_empty_feed.atom.xml", "arxiv:1707.08567"),
        ("id_list_two_ids.atom.xml", "arxiv:0808.0539"),
        ("search_page_start10_max10.atom.xml", "arxiv:1707.08567"),
    ] {
        assert_eq!(read("arxiv", file, &about(work)).unwrap_or_default(), [], "{file}");
    }
}

#[test]
fn arxiv_articles() {
    let Some(found) = read("arxiv", "search_attention_mechanism_max3.atom.xml", &about("arxiv:1112.2954")) else {
        return;
    };
    let [article] = &found[0].related[..] else { panic!("{found:?}") };
    assert_eq!(article.other.ids.doi, "10.1016/j.mechmachtheory.2012.07.003".parse().ok());
    assert!(!article.is_inverse);
}

#[test]
fn opencitations_records() {
    let work: WorkRef = "doi:10.1371/journal.pgen.1005937".parse().unwrap();
    let ask = |ask| Question { about: work.clone(), ask };
    let references = ask(Ask::References(work.clone()));
    let citations = ask(Ask::Citations(work.clone()));
    let service = "opencitations";
    if let Some(found) = read(service, "coci_v1_references_10.1371_journal.pgen.1005937.json", &references) {
        assert_eq!((found.len(), found[0].cites.len(), found[0].cited_by.len()), (1, 58, 0));
        assert!(found[0].cites.contains(&"doi:10.1002/jcb.20257".parse().unwrap()));
    }
    if let Some(found) = read(service, "coci_v1_citations_10.1371_journal.pgen.1005937.json", &citations) {
        assert_eq!((found[0].cites.len(), found[0].cited_by.len()), (0, 18));
        assert_eq!(value(&found[0], Attribute::CitationCount), Some("18"));
    }
    let other: WorkRef = "doi:10.1108/jd-12-2013-0166".parse().unwrap();
    let question = Question { about: other.clone(), ask: Ask::References(other) };
    if let Some(found) = read(service, "coci_v1_citation_by_oci.json", &question) {
        assert_eq!(found[0].cites.len(), 1);
    }
    for file in ["coci_v1_metadata_two_dois.json", "meta_v1_metadata_10.1371_journal.pone.0000308.json"] {
        assert_eq!(read(service, file, &references).unwrap_or_default(), [], "{file}");
    }
}

#[test]
fn orcid_records() {
    let whose = |id: &str| Question { about: WorkRef::Title("x".into()), ask: Ask::Person(id.parse().unwrap()) };
    for (file, id, names) in [
        ("person_0000-0002-1642-628X.json", "0000-0002-1642-628X", &["Carl Boettiger"][..]),
        ("person_minimal_null_fields.json", "0000-0002-3141-3057", &["Carl Liebersohn", "Carl Jacob Liebersohn"]),
    ] {
        let Some(found) = read("orcid", file, &whose(id)) else { continue };
        let found: Vec<String> = found[0].authors.iter().map(PersonName::display).collect();
        assert_eq!(found, names, "{file}");
    }
    let question = whose("0000-0002-1642-628X");
    assert_eq!(read("orcid", "person_minimal_null_fields.json", &question).unwrap_or_default(), []);
    for file in [
        "400_bad_rows.json",
        "404_not_found.json",
        "500_bad_start.json",
        "search_by_doi.json",
        "search_no_results_null.json",
        "work_77226586_single.json",
        "works_0000-0002-9341-7985.json",
        "works_empty.json",
    ] {
        assert!(is_refused("orcid", file, &question), "{file}");
    }
}

#[test]
fn huggingface_records() {
    let work = about("arxiv:2608.09888");
    let title = "BDH-CQ: In-Context Learning";
    let file = "paper_2608.09888.json";
    check("huggingface", &[(file, "arxiv:2608.09888", title, 9, "2026-08-10", "arxiv:2608.09888", 0)]);
    let Some(found) = read("huggingface", file, &work) else { return };
    let [code] = &found[0].related[..] else { panic!("{found:?}") };
    assert_eq!(code.other.links[0].1.as_ref(), "https://github.com/pathwaycom/arc-task-gen");
    assert_eq!(value(&code.other, Attribute::Stars), Some("11184"));
    assert!(value(&found[0], Attribute::Abstract).unwrap().contains("$0.0007"));
}

fn asked_of_github(address: &str, ask: impl FnOnce(RepoSlug) -> Ask) -> Question {
    let url: WebUrl = address.parse().unwrap();
    Question { about: WorkRef::Url(url.clone()), ask: ask(RepoSlug::from_url(&url).unwrap()) }
}

#[test]
fn github_repositories() {
    let question = asked_of_github("https://github.com/PyGithub/PyGithub", Ask::Repository);
    if let Some(found) = read("github", "repo_PyGithub.json", &question) {
        let [repository] = &found[..] else { panic!("{found:?}") };
        assert_eq!(repository.own, "github:3544490".parse().ok());
        assert_eq!(value(repository, Attribute::License), Some("LGPL-3.0"));
        assert_eq!(value(repository, Attribute::ProgrammingLanguage), Some("Python"));
        assert_eq!(value(repository, Attribute::Status), None);
        assert!(repository.related.is_empty() && repository.links.len() == 2, "{repository:?}");
    }
    let question = asked_of_github("https://github.com/protoncoin/protoncoin", Ask::Repository);
    if let Some(found) = read("github", "301_repo_moved_target.json", &question) {
        assert_eq!(value(&found[0], Attribute::Status), Some("moved"));
        assert_eq!(value(&found[0], Attribute::MovedTo), Some("https://github.com/padima2/protoncoin"));
    }
    if let Some(body) = recorded("github", "404_not_found.json") {
        assert!(service_called("github").read(&question, &body).is_err());
    }
}

#[test]
fn github_files() {
    let file = |path| asked_of_github("https://github.com/lab/tool", |slug| Ask::File(slug, path));
    if let Some(found) = read("github", "release_latest.json", &file("releases")) {
        assert_eq!(value(&found[0], Attribute::Version), Some("1.0"));
    }
    if let Some(found) = read("github", "readme_base64_PyGithub.json", &file("README")) {
        assert_eq!(found, []);
    }
    let Some(found) = read("github", "raw_CITATION.cff", &file("CITATION.cff")) else { return };
    let [software] = &found[..] else { panic!("{found:?}") };
    assert_eq!(software.title, "Ruby CFF Library");
    assert_eq!(software.authors.len(), 2);
    assert_eq!(value(software, Attribute::SameAs), Some("https://doi.org/10.5281/zenodo.1184077"));
    assert_eq!(value(software, Attribute::Version), Some("1.3.0"));
    // Its only reference is software.
    assert!(software.related.is_empty());
}
