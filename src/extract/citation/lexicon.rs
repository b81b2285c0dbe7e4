//! What is known of single words, and the shape of each: one look-up per word, when the text is cut into tokens.
//!
//! All later questions (may this be a name, does that look like a journal) are then questions to a few bits, which
//! keeps them cheap enough to be asked of every reading. The words are general vocabulary; none is there for the
//! sake of one reference.

use std::sync::LazyLock;

use crate::model::is_han;

/// What is known of a word, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Traits(u32);

impl Traits {
    /// Begins with a capital, or with a small prefix before one: `d’Alché`, `al-Rashid`.
    pub(super) const CAPITAL: Self = Self(1);
    /// One capital.
    pub(super) const INITIAL: Self = Self(1 << 1);
    /// One to four capitals, hyphens between them allowed.
    pub(super) const INITIALS: Self = Self(1 << 2);
    /// Begins with a Han character.
    pub(super) const HAN: Self = Self(1 << 3);
    /// Names of venues are made of such words.
    pub(super) const VENUE: Self = Self(1 << 4);
    /// Names a venue alone.
    pub(super) const ACRONYM: Self = Self(1 << 5);
    /// Stands before a full stop inside the name of a venue.
    pub(super) const ABBREVIATION: Self = Self(1 << 6);
    /// Is hardly ever a part of a person's name.
    pub(super) const COMMON: Self = Self(1 << 7);
    /// Says more of a title than of a venue.
    pub(super) const OF_TITLES: Self = Self(1 << 8);
    /// A frequent given name.
    pub(super) const GIVEN: Self = Self(1 << 9);
    /// A frequent family name.
    pub(super) const FAMILY: Self = Self(1 << 10);
    /// A word that names a publisher.
    pub(super) const PUBLISHER: Self = Self(1 << 11);
    /// A town or a country.
    pub(super) const PLACE: Self = Self(1 << 12);
    /// A particle of family names: `van`, `de`.
    pub(super) const PARTICLE: Self = Self(1 << 13);
    /// Joins words in the name of a venue: `of`, `and`.
    pub(super) const CONNECTIVE: Self = Self(1 << 14);
    /// A month or a season.
    pub(super) const MONTH: Self = Self(1 << 15);
    /// Says that a venue is a meeting or its record.
    pub(super) const MEETING: Self = Self(1 << 16);
    /// The last word of the name of a group of authors: `Consortium`.
    pub(super) const GROUP: Self = Self(1 << 17);
    /// Leads to a date or a venue: `published`, `posted`.
    pub(super) const LEAD: Self = Self(1 << 18);
    /// Two capitals or more: `IEEE`, `NeurIPS`, `TKDE`.
    pub(super) const CAPITALS: Self = Self(1 << 19);
    /// Comes behind a name: `Jr`, `III`.
    pub(super) const SUFFIX: Self = Self(1 << 20);

    /// Whether any of the others is among them.
    pub(super) const fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    pub(super) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }
}

/// All traits of a word.
pub(super) fn traits(word: &str) -> Traits {
    let shape = shape(word);
    if word.len() > LONGEST {
        return shape;
    }
    // `IEEE-WACV`, `ACL-IJCNLP`
    let is_joint = word.contains('-')
        && shape.has(Traits::CAPITALS)
        && word.split('-').any(|part| LEXICON.get(part).has(Traits::ACRONYM));
    let joint = if is_joint { Traits::ACRONYM } else { Traits::default() };
    shape.and(joint).and(LEXICON.get(word))
}

fn shape(word: &str) -> Traits {
    let mut characters = word.chars();
    let Some(first) = characters.next() else {
        return Traits::default();
    };
    if is_han(first) {
        return Traits::HAN;
    }
    let (mut n_capitals, mut n_others, mut n_joiners) = (usize::from(first.is_uppercase()), 0, 0);
    n_others += usize::from(!first.is_uppercase());
    for character in characters {
        match character {
            '-' | '\u{2010}' | '\u{2011}' => n_joiners += 1,
            _ if character.is_uppercase() => n_capitals += 1,
            _ if unicode_normalization::char::is_combining_mark(character) => {}
            _ => n_others += 1,
        }
    }
    let mut traits = Traits::default();
    if first.is_uppercase() || (n_capitals > 0 && is_prefixed(word)) {
        traits = traits.and(Traits::CAPITAL);
    }
    if n_others == 0 && n_capitals <= 4 {
        traits = traits.and(Traits::INITIALS);
        if n_capitals == 1 && n_joiners == 0 {
            traits = traits.and(Traits::INITIAL);
        }
    }
    if n_capitals >= 2 && n_capitals >= n_others { traits.and(Traits::CAPITALS) } else { traits }
}

/// `d’Alché-Buc`, `al-Rashid`, `deBoer`: a small prefix before a capital.
fn is_prefixed(word: &str) -> bool {
    let Some(at) = word.find(char::is_uppercase) else {
        return false;
    };
    matches!(
        word[..at].trim_end_matches(['\'', '’', '-']),
        "d" | "al" | "el" | "de" | "van" | "von" | "le" | "la" | "mc" | "o" | "di" | "den" | "der"
    )
}

/// No word of the lists is longer.
const LONGEST: usize = 20;

/// All lists in one open-addressed table.
struct Lexicon {
    slots: Vec<(&'static str, Traits)>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon { slots: vec![("", Traits::default()); Lexicon::SIZE] };
    for (words, traits) in LISTS {
        for word in words.split_ascii_whitespace() {
            lexicon.insert(word, traits);
        }
    }
    lexicon
});

impl Lexicon {
    /// A power of two, well above the number of words, so that most look-ups take one step.
    const SIZE: usize = 8192;

    fn insert(&mut self, word: &'static str, traits: Traits) {
        let mut at = Self::slot(word);
        while !self.slots[at].0.is_empty() {
            at = (at + 1) % Self::SIZE;
        }
        self.slots[at] = (word, traits);
    }

    /// The traits from all lists that have the word; acronyms and names only count in their letter case.
    fn get(&self, word: &str) -> Traits {
        let exact = Traits::ACRONYM.and(Traits::GIVEN).and(Traits::FAMILY).and(Traits::MONTH).and(Traits::SUFFIX);
        let mut all = Traits::default();
        let mut at = Self::slot(word);
        while !self.slots[at].0.is_empty() {
            let (listed, traits) = self.slots[at];
            let is_same = if traits.has(exact) { listed == word } else { listed.eq_ignore_ascii_case(word) };
            if is_same || (traits == ANY_CASE && listed.eq_ignore_ascii_case(word)) {
                all = all.and(traits);
            }
            at = (at + 1) % Self::SIZE;
        }
        all
    }

    /// FNV-1a over the lower-case bytes.
    fn slot(word: &str) -> usize {
        let hash = word.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193)
        });
        (hash ^ (hash >> 15)) as usize % Self::SIZE
    }
}

/// Of venues whose name is no other word: the letter case does not matter.
const ANY_CASE: Traits = Traits::ACRONYM.and(Traits::VENUE);

const LISTS: [(&str, Traits); 18] = [
    (VENUE_WORDS, Traits::VENUE),
    (ACRONYMS, Traits::ACRONYM),
    (NAMES_OF_VENUES, ANY_CASE),
    (ABBREVIATIONS, Traits::ABBREVIATION),
    (COMMON, Traits::COMMON),
    (OF_TITLES, Traits::OF_TITLES),
    (GIVEN_NAMES, Traits::GIVEN),
    (FAMILY_NAMES, Traits::FAMILY),
    (PUBLISHERS, Traits::PUBLISHER),
    (PLACES, Traits::PLACE),
    (PARTICLES, Traits::PARTICLE),
    (CONNECTIVES, Traits::CONNECTIVE),
    (MONTHS, Traits::MONTH),
    (MEETINGS, Traits::MEETING),
    (GROUPS, Traits::GROUP),
    (LEADS, Traits::LEAD),
    (SUFFIXES, Traits::SUFFIX),
    (CAPITALS, Traits::COMMON),
];

/// Particles of family names.
const PARTICLES: &str =
    "van von der den de del della di da dos das du la le el al bin ibn ter ten te zu zur af av y e do lo st vom dal";

/// Words that join others in the name of a venue.
const CONNECTIVES: &str = "of the on and in for an a de der fur und et to la di from at";

const MONTHS: &str = "\
    Jan Feb Mar Apr May Jun Jul Aug Sep Sept Oct Nov Dec January February March April June July August September \
    October November December Spring Summer Fall Autumn Winter";

/// Words of meetings and their records.
const MEETINGS: &str = "\
    proceedings proc conference conf workshop workshops symposium symp congress meeting advances colloquium forum \
    convention";

/// Last words of the names of groups of authors.
const GROUPS: &str = "\
    Consortium Initiative Collaboration Investigators Participants Network Team Group Committee Task-Force Alliance \
    Society Foundation Community Contributors Developers Program";

/// Words that lead to a date or a venue.
const LEADS: &str = "\
    published posted accepted submitted presented appeared available appear online epub first preprint to at in venue \
    journal info paper source on by conference pub";

/// What comes behind a name.
const SUFFIXES: &str = "Jr Sr II III IV Jnr";

/// Capitals that are no initials.
const CAPITALS: &str =
    "DNA RNA AI ML BMC ACM ACS EMBO JMLR WWW KDD ACL NAR LLM NLP GPU CPU SQL API PDF HTML XML JSON AWS";

/// Words and abbreviations that names of journals and conferences are made of.
const VENUE_WORDS: &str = "\
    acad academy access acids acm acoustics acs acta adv advances agric algorithms allergy am \
    america american anal analyst analytica anat anesthesiology angew angewandte annals annu \
    annual antibodies apl appl applied arch archive archives arxiv asian assoc association \
    astron astronomy astrophys astrophysical autom automatica automation bioanalysis biochem \
    biochemical biochemistry biochim biodata bioeng bioengineering bioessays bioinf bioinform \
    bioinformatics biol biological biologicals biology biom biomarkers biomed biomedical \
    biomedicine biometrical biometrics biometrika biomolecules biophotonics biophys biophysical \
    biophysics biorxiv biosci bioscience biostatistics biosystems biotech biotechnol \
    biotechnology blood bmc bmj botany brief briefings bull bulletin cancer cancers \
    carcinogenesis cell cells cellular ceur chem chemical cheminformatics chemistry chemom \
    chemometrics chest circ circulation clin clinical cognition colloquium commun communications \
    comp comptes comput computation computational computers computing conf conference congress \
    conservation corr cortex crit crystallogr curr current cybern cybernetics cytometry database \
    dermatology development diabetes diagnostics digit dis discov discovery ecography ecol \
    ecology ecosphere electron electronics elife embo embs endocrinol endoscopy energies eng \
    engineering entomology entropy environ environmental epidemiol epidemiology epigenetics \
    epigenomics eur european evol evolution exp experimental expert f1000research febs figshare \
    findings forum foundations front frontiers gastroenterology gene genes genet genetica \
    genetics genom genome genomic genomics geophys geophysical geosci geoscience gigascience gut \
    health healthcare heart hepatol hepatology hered hum human ieee ijcnlp immunity immunol \
    immunology inf inform informatics informatik information insight inst int intell \
    intelligence interfaces international iscience isme isprs j jama jbhi jco jmir jnci journal \
    knowl knowledge lab lancet lang language learn learning lect lecture lett letters leukemia \
    linguistics mach machine magazine manuf mater materials math mathematica mathematical \
    mathematics mbio measurement mech med medical medicine medrxiv meeting metab metabolites \
    metabolomics methodol methods microbiol microbiology microbiome microsc mol molecular \
    molecules msystems multimedia mutat nano nanotechnol nat natl natur natural nature nejm \
    nephrology netw networks neural neurips neuro neurobiol neurocomputing neuroimage \
    neuroinform neuroinformatics neurol neurology neuron neurosci neuroscience notes notices npj \
    nucl nucleic nutr oikos oncogene oncogenesis oncol oncology oncotarget ophthalmol opin \
    optica optics oral organ oxf pac pacific pami parasit parasites pathol pathology pattern \
    patterns pediatr peerj pers perspect pharm pharmaceuticals pharmacogenomics pharmacol \
    pharmacology philos photonics phys physica physics physiol physiology phytologist plant \
    plants plos pnas preprint preprints press proc proceedings prog progress prot protein \
    proteins proteom proteome proteomics protoc protocols psychiatry public pubs quant \
    quantitative quarterly radiation radiol radiology radiother reg rep reports res research rev \
    review reviews rna robot robotics roy royal rxiv scand sci science sciences scientific semin \
    seminars sensors signal simul sleep soc society softw software softwarex stat statist \
    statistical statistics stem stroke struct structural structure surg surgery symmetry symp \
    symposium syst systems tech technol technology theor theoretical theory therap therapeutics \
    tissue tkde tmi toxicol toxicological toxicology toxins tpds trans transactions transl \
    translational transport trends urology vaccine vectors vet veterinary virol virology virus \
    viruses vision wiley wkshp workshop workshops yeast zenodo zoology";

/// Venues of one word, in the letter case that tells them from a common word.
const ACRONYMS: &str = "\
    AAAI ACCV ACL ACMMM ACPR AIED AIME AISTATS AMIA APBC ASE ASPLOS ASRU ATC BCB BIBE BIBM \
    BIOSTEC BMVC CAV CC CCS CHI CHIL CIBB CIDR CIKM CogSci COLING COLM COLT COMPSAC CONLL CoNLL \
    CoRL CSCW CVPR CVPRW DAC DASFAA DATE DIS DSAA DSN EAAI EACL ECAI ECCV ECML ECMLPKDD EDBT \
    EMBC EMBS EMNLP ESEC ESWC EuroSys EWSN FAccT FAST FAT FCCM FOCS FPGA FSE GECCO HICSS HPCA \
    HPDC HPEC ICASSP ICCAD ICCV ICCVW ICDAR ICDCS ICDE ICDM ICGIP ICHI ICIP ICLR ICML ICMLA \
    ICONIP ICPP ICPR ICRA ICS ICSE ICSME ICTAI IEEE IJCAI IJCNN IJCV IMC INFOCOM INTERSPEECH \
    IPDPS IPMI IROS ISBI ISCA ISMB ISMIR ISSTA ISWC ITCS IUI IVA JAIR JAMA JAMIA JBHI JCDL JMLR \
    KDD KR LICS LREC MEDINFO MICCAI MICRO MIDL ML4H MLHC MLSys MMM MMSys MOBICOM MobiCom MSR \
    NAACL NCAA NDSS NEJM NeurIPS NIME NIPS NLPCC NSDI OSDI PACT PAKDD PETS PG PKDD PLDI PMLR \
    PNAS PODS POPL PPoPP PRCV PSB RECOMB RSS RTSS SC SDM SEC SECON SIGCOMM SIGCSE SIGGRAPH SIGIR \
    SIGMOD SODA SOSP STOC TACL TKDE TMI TMLR TNNLS TPAMI TVCG UAI UbiComp UIST USENIX VIS VLDB \
    WABI WACV WI WSDM WWW";

/// Venues of one word that no other thing is called, in any letter case.
const NAMES_OF_VENUES: &str = "\
    arxiv biorxiv chemrxiv corr elife f1000research gigascience iscience medrxiv miccai neurips \
    peerj psyarxiv softwarex ssrn zenodo";

/// Words that are written with a full stop inside the name of a venue.
const ABBREVIATIONS: &str = "\
    acad acoust adv agric agron am anal anesth anesthesiol angew ann annu appl arch assoc astron \
    astrophys autom behav biochem bioeng biogeogr bioinf bioinform biol biom biomed biophys \
    biosci biotec biotechnol bot br brief bull cardio cardiol chem cheminform chromatogr circ \
    clin cogn comm commun comp comput conf conserv crit crystallogr curr cybern cytom dermatol \
    dev dig dis discov distrib ecol econ electrochem electron emerg endocrinol eng engl entomo \
    entomol envir environ epidem epidemiol eur evol exp front funct gastroenterol gen genet \
    genom geophys geriatr gerontol haemat haematol hematol hepatol hortic hum hyg imag immun \
    immunol immunother ind inf infect inform inst instrum int intell intens inter intern j jpn \
    knowl lab lang lect lett lib mach manuf mater math mech med metab meth microb microbiol mol \
    multimed nanotechnol nat nati natl nephrol netw neurobiol neuroinform neuroinformatics \
    neurol neuros neurosci nucl nurs nutr obes onco oncol oper ophthalmol opin opt org orthop \
    oxf pac parasitol pathol pediatr pers pharm pharmacol phil philos photon phys physio physiol \
    priv proc prog prot proteom protoc psych psychiatr psycho psychol publ quant radiat radiol \
    radiother recog rehabil rep res rev rheumatol robot roy sc sci sect ser simul soc sociol \
    softw spec spectrom stat statist struct stud surg symp syst tech techn techno technol theor \
    tox toxicol trans transl transp transplant urol vet virol wirel wkshp zool";

/// Words with a capital that are hardly ever a name: the vocabulary of titles, fields and software.
const COMMON: &str = "\
    a about access accurate active adaptive advanced adversarial agent agents algorithm \
    algorithms all also amazon an analysis analytics analyzing and android angular another any \
    apache api app application applications approach approaches are artificial assessment at \
    attention author authors auto autoencoder automated automatic available awesome azure based \
    bayesian benchmark benchmarking benchmarks best beyond big bio biological biology biomedical \
    blog book both box brain browser build building by c can cancer causal cells chapter chrome \
    classification classifier client clinical cloud cluster clustering clusters code collection \
    command comparative comparing comparison complete computational computer computing \
    convolutional corpus course courses cross cuda curated custom data database databases \
    dataset datasets day debian deep demo description design detection developer development \
    differential discovery disease distributed docker documentation drug dynamic dynamics each \
    easy edition effective effects efficient elements embedding end engine engineering \
    estimation ethereum evaluating evaluation event evolution evolutionary examples experimental \
    explainable exploring expression extended extraction facebook family fast feature features \
    federated file firefox first five flexible flutter for foundation four framework free \
    frequently from full functional functions fundamental game general generating generation \
    generative generic genetic genome genomes genomics getting github global google graph graphs \
    group guide guided hadoop hands health healthcare hierarchical high how human hybrid \
    identification identifying image images imaging implementation improved improving in \
    inference information inside integrated integration integrative intel intelligence \
    interactive interface interpretable intro introducing introduction is it java javascript \
    joint journal julia kafka key kit knowledge kotlin kubernetes lab laboratory landscape \
    language large latent learning lectures level library light lightweight linear link linux \
    list local low machine making management many map mapping maps matlab matrix medical \
    medicine meta method methods microservices microsoft mining mobile model modeling modelling \
    models modern modular molecular more most mozilla multi multimodal multiple multivariate \
    mysql native natural nature near nearest netflix network networks neural new node note \
    notebook notebooks novel nvidia object of official on one online only ontology open optimal \
    optimization or oracle our overview package paper papers parallel partial pattern \
    performance perl perspectives php pipeline platform plugin point portal postgres practical \
    precision predict predicting prediction predictive principles prior probabilistic problem \
    process processes processing program programming programs project protein proteins python \
    pytorch quality quantum query quick random ranking rapid react readings real recognition \
    recurrent redis reference regression reinforcement related representation research resource \
    resources review reviews roadmap robust ruby run rust sample samples sampling scala scalable \
    scale science sciences search second security segmentation selected self semantic sequence \
    sequencing server services set shared signal simple single smart software some source spark \
    sparse spatial specification spring sqlite stable standard started state static statistical \
    stream streaming structure student students study suite summary supervised support survey \
    swift synthetic system systems table task tasks teams technical techniques template \
    templates tensorflow testing tests text that the theory there these things third this three \
    through time tool toolkit tools top topics toward towards tracking training transformer tree \
    trees tutorial two types ubuntu understanding unified university unsupervised use user users \
    using variant variants variational via videos view views vision visual visualization \
    visualizing we weakly web website what when where which why windows with word words work \
    workflow workflows world your";

/// Words of titles that names of venues seldom contain.
const OF_TITLES: &str = "\
    analysis application applications approach approaches are based by can comparing comparison \
    detecting detection do does driven enabling evaluating evaluation exploring framework from \
    how identification identifying improved improving investigating is learning-based method \
    methods new novel our predicting prediction study survey through tool toolkit toward towards \
    using via we what when why with without your";

/// Frequent given names of several languages.
const GIVEN_NAMES: &str = "\
    Aaron Adam Ahmed Alan Albert Alberto Alejandro Alessandro Alex Alexander Alexandra Alexis \
    Alfonso Ali Alice Alison Amanda Amir Amit Amy Ana Anand Andrea Andreas Andrei Andrew Andrey \
    Andy Angela Anil Anita Ankit Ann Anna Anne Annie Anthony Antoine Anton Antonio Aravind Arjun \
    Arnaud Arthur Arun Ashish Barbara Beatrice Ben Benjamin Benoit Bernard Bernd Bernhard Bill \
    Bjorn Bo Bob Boris Brad Bradley Brendan Brett Brian Bruce Bryan Carl Carla Carlos Carol \
    Caroline Catherine Chandra Charles Chen Cheng Chloe Chris Christian Christina Christine \
    Christoph Christopher Chun Claire Claudia Claudio Colin Craig Cristina Daniel Daniela \
    Daniele Darren David Deborah Deepak Denis Dennis Derek Diana Diego Dimitri Dimitris Dmitri \
    Dmitry Dominik Don Donald Dong Doug Douglas Duncan Edgar Edoardo Eduardo Edward Elaine Elena \
    Elisa Elisabeth Elizabeth Ella Ellen Emil Emily Emma Emmanuel Eric Erik Erin Ernst Ethan \
    Eugene Eva Evan Fabian Fabio Fang Fei Feng Fernando Filip Florian Francesca Francesco \
    Francis Francisco Frank Franz Fred Frederic Frederick Gabriel Gabriela Gang Gary Geoffrey \
    Georg George Gerald Gerard Gianluca Giovanni Giulia Giuseppe Gordon Graham Greg Gregory \
    Guang Guillaume Gustavo Guy Hai Hannah Hans Hao Harold Harry Harsh Hassan Heather Hector \
    Heidi Heinrich Helen Helena Hendrik Henrik Henry Hiroshi Hong Howard Hua Hugh Hugo Hui Ian \
    Igor Ilya Ioannis Isaac Isabel Ivan Jack Jacob Jacques Jakob James Jan Jane Janet Jason \
    Javier Jay Jean Jeff Jeffrey Jennifer Jens Jeremy Jerome Jerry Jessica Jesus Jia Jian Jiang \
    Jie Jill Jim Jin Jing Joan Joao Joe Joel Joerg Johan Johann Johannes John Jon Jonas Jonathan \
    Jordan Jordi Jorge Jose Josef Joseph Josh Joshua Juan Judith Julia Julian Julie Julien Jun \
    Jung Jure Justin Kai Karen Karl Karsten Kate Katherine Kathleen Kathryn Katie Katja Kay \
    Keith Kelly Ken Kenji Kenneth Kevin Kim Klaus Konrad Konstantin Kristin Kumar Kun Kurt Kyle \
    Lars Laura Lauren Laurent Lawrence Lee Lei Leo Leon Leonard Leonardo Leslie Li Liam Liang \
    Lily Lin Linda Ling Lisa Lorenzo Louis Louise Luca Lucas Lucia Luis Luisa Lukas Luke Lynn \
    Magnus Manuel Marc Marcel Marcin Marco Marcus Margaret Maria Marie Marina Mario Mark Marko \
    Markus Martin Martina Mary Masahiro Massimo Mathias Mathieu Matt Matteo Matthew Matthias \
    Maurice Max Maxim Maximilian Megan Mehdi Mei Mia Michael Michal Michel Michele Michelle \
    Miguel Mihai Mike Min Ming Mohamed Mohammad Mohammed Molly Monica Morgan Nancy Natalia \
    Natalie Nathan Neil Nicholas Nick Nicola Nicolas Nicole Nikhil Nikolai Nikolaus Nils Nina \
    Noah Norman Olaf Oleg Olga Oliver Olivier Omar Oscar Otto Pablo Paolo Pascal Patricia \
    Patrick Paul Paula Paulo Pavel Pedro Peng Peter Petr Philip Philipp Philippe Phillip Pierre \
    Pietro Ping Piotr Priya Qi Qiang Qing Rachel Rafael Rahul Rainer Raj Rajesh Ralf Ralph \
    Raphael Ravi Ray Raymond Rebecca Ricardo Richard Rick Rob Robert Roberta Roberto Robin \
    Rodrigo Roger Roland Roman Ron Ronald Rong Rosa Ross Roy Ruben Rui Russell Ryan Sabine Sam \
    Samuel Sandra Sanjay Sara Sarah Saurabh Scott Sean Sebastian Serge Sergey Sergio Seth Shan \
    Shane Sharon Shu Silvia Simon Simone Sofia Sonia Sophia Sophie Stanley Stefan Stefano Stella \
    Stephan Stephane Stephanie Stephen Steve Steven Stuart Sun Sunil Susan Sven Takashi Tao \
    Taylor Ted Teresa Terry Theodore Theresa Thomas Thorsten Tim Timothy Ting Tobias Todd Tom \
    Tomas Tommaso Tong Tony Tracy Ulrich Valentina Valerie Vanessa Victor Victoria Vijay Vikram \
    Viktor Vincent Vincenzo Virginia Vivek Vladimir Volker Walter Wei Wen Wendy Werner Wilhelm \
    William Wolfgang Xavier Xi Xia Xian Xiang Xiao Xiaojun Xin Xing Xu Xuan Yan Yang Yann \
    Yannick Yi Yibo Yifan Yin Ying Yong Yoshua Yu Yuan Yue Yun Yuri Yves Zhang Zhen Zheng Zhi \
    Zhong Zoe";

/// Frequent family names of several languages.
const FAMILY_NAMES: &str = "\
    Adams Allen Andersen Anderson Andersson Bai Bailey Baker Bakker Ball Bauer Becker Bell \
    Bengio Bennett Best Bianchi Braun Bronstein Brooks Brown Bull Cai Campbell Cao Carter Case \
    Chan Chang Cheng Cheung Cho Choi Chow Clark Cohen Collins Cook Cooper Costa Cox Cui Das \
    Davis Deng Ding Duan Dubois Durand Edwards Evans Fan Ferrari Ferreira Field Fields Fischer \
    Ford Foster Free Frey Gao Garcia Gonzalez Gray Green Guo Gupta Hall Han Hansen Harris He \
    Hernandez Hill Hinton Hoffmann Hofmann Hou Howard Hsu Hu Huang Hughes Hwang Ito Ivanov \
    Jackson Jain Jang Jansen Jiang Jin Johansson Johnson Jones Jung Kang Kelly Khan King Klein \
    Kobayashi Koch Kowalski Krüger Kumar Kwon Lam Lang Larsen Laurent LeCun Lefebvre Leung Levy \
    Lewis Lim Lin Liu Long Lopez Lu Luo Martin Martinez Mehta Meyer Miller Mitchell Moore Moreau \
    Morris Murphy Myers Müller Nakamura Nelson Neumann Ng Nguyen Novak Oliveira Pan Park Parker \
    Patel Peng Pereira Perez Peterson Petrov Pham Phillips Price Qian Qiu Reed Ren Rich \
    Richardson Richter Roberts Robinson Rodriguez Rogers Romano Ross Rossi Russo Sanders Santos \
    Sato Schmidt Schneider Schröder Schulz Schwarz Scott Shah Shao Sharma Shen Shin Sidorov \
    Silva Singh Small Smit Smith Song Souza Stern Stewart Su Suzuki Tan Tanaka Tang Thomas \
    Thompson Tian Tran Turner Visser Wagner Walker Wang Ward Watanabe Watson Weber Wei White \
    Williams Wilson Wolf Wong Wood Wright Wu Xiao Xu Yamamoto Yao Ye Yoon Young Yu Yuan Zeng \
    Zhao Zhong Zhou Zhu Zimmermann";

/// Publishers, as far as a word of their name tells.
const PUBLISHERS: &str = "\
    AAAI Academic ACM Association Birkhauser Cambridge CEUR Citeseer CRC Curran EasyChair ELRA \
    Elsevier IEEE IOS ISCA JMLR Kaufmann MIT Omnipress OpenReview OpenReview.net Oxford Pergamon \
    PMLR Press Publisher Publishers Publishing Routledge Sage SIAM Springer Springer-Verlag \
    USENIX Verlag Wiley";

/// Towns, states and countries where publishers and conferences are.
const PLACES: &str = "\
    AAAI Amsterdam Angeles Athens Atlanta Austin Australia Austria Baltimore Bangalore Bangkok \
    Barcelona Beijing Belgium Berlin Boston Brazil Brussels Budapest CA California Cambridge \
    Canada Cham Chicago China Copenhagen Dallas Delhi Denmark Denver Diego Doha Dordrecht Dubai \
    Dublin Edinburgh Finland Florence France Francisco Geneva Germany Glasgow Granada Greece \
    Haifa Hawaii Heidelberg Hong Honolulu Hungary Hyderabad India Ireland Israel Italy Japan \
    Kingdom Kong Korea Kyoto Lake Lausanne Lille Lisbon London Lyon MA Macao Macau Madrid \
    Marseille Melbourne Mexico Miami Milan Minneapolis Montreal Mumbai Munich Netherlands Nice \
    Norway NY Online Orleans Osaka Oxford PA Paris Philadelphia Pittsburgh Poland Portland \
    Portugal Prague Republic Rome Scotland Seattle Seoul Shanghai Singapore Spain States \
    Stockholm Strasbourg Sweden Switzerland Sydney Taipei Taiwan Thailand Tokyo Toronto Turkey \
    TX UK US USA Valencia Vancouver Vegas Venice Vienna Vietnam Virtual WA Warsaw York Zurich";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_words_in_their_letter_case() {
        assert!(traits("Nature").has(Traits::VENUE) && traits("nature").has(Traits::VENUE));
        assert!(traits("CHI").has(Traits::ACRONYM) && !traits("Chi").has(Traits::ACRONYM));
        assert!(traits("BioRxiv").has(Traits::ACRONYM));
        assert!(traits("May").has(Traits::MONTH) && !traits("may").has(Traits::MONTH));
    }

    #[test]
    fn knows_shapes() {
        assert!(traits("J.".trim_end_matches('.')).has(Traits::INITIAL) && traits("H-J").has(Traits::INITIALS));
        assert!(!traits("Yu").has(Traits::INITIALS) && traits("d’Alché").has(Traits::CAPITAL));
        assert!(traits("NeurIPS").has(Traits::CAPITALS) && !traits("Ng").has(Traits::CAPITALS));
        assert!(traits("周杰").has(Traits::HAN));
    }

    #[test]
    fn the_table_has_room() {
        let longest = LISTS.iter().flat_map(|(words, _)| words.split_ascii_whitespace()).map(str::len).max();
        let n_words: usize = LISTS.iter().map(|(words, _)| words.split_ascii_whitespace().count()).sum();
        assert!(longest <= Some(LONGEST) && n_words * 3 < Lexicon::SIZE);
    }
}
