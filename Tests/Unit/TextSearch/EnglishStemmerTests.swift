import Testing
import TextSearch

@Suite("English words")
struct EnglishStemmerTests {
    /// Words, and their stems as `ts_lexize('english_stem', …)` of PostgreSQL 15 gives them.
    private static let stems: [(word: String, stem: String)] = [
        ("consign", "consign"), ("consigned", "consign"), ("consistency", "consist"), ("knackeries", "knackeri"),
        ("generously", "generous"), ("communism", "communism"), ("arsenal", "arsenal"), ("skis", "ski"), ("skies", "sky"),
        ("dying", "die"), ("lying", "lie"), ("idly", "idl"), ("gently", "gentl"), ("ugly", "ugli"), ("early", "earli"),
        ("singly", "singl"), ("sky", "sky"), ("news", "news"), ("howe", "howe"), ("atlas", "atlas"), ("cosmos", "cosmos"),
        ("bias", "bias"), ("andes", "andes"), ("inning", "inning"), ("outings", "outing"), ("canning", "canning"),
        ("herrings", "herring"), ("proceeded", "proceed"), ("exceeding", "exceed"), ("succeed", "succeed"), ("caresses", "caress"),
        ("ponies", "poni"), ("ties", "tie"), ("cries", "cri"), ("gas", "gas"), ("gaps", "gap"), ("kiwis", "kiwi"), ("feed", "feed"),
        ("agreed", "agre"), ("agreedly", "agre"), ("plastered", "plaster"), ("bled", "bled"), ("motoring", "motor"), ("sing", "sing"),
        ("conflated", "conflat"), ("troubled", "troubl"), ("sized", "size"), ("hopping", "hop"), ("tanned", "tan"), ("falling", "fall"),
        ("hissing", "hiss"), ("fizzed", "fizz"), ("failing", "fail"), ("filing", "file"), ("hoping", "hope"), ("happy", "happi"),
        ("say", "say"), ("enjoy", "enjoy"), ("relational", "relat"), ("conditional", "condit"), ("valenci", "valenc"),
        ("hesitanci", "hesit"), ("conformabli", "conform"), ("digitizer", "digit"), ("vietnamization", "vietnam"),
        ("predication", "predic"), ("operator", "oper"), ("feudalism", "feudal"), ("decisiveness", "decis"), ("hopefulness", "hope"),
        ("callousness", "callous"), ("formaliti", "formal"), ("sensitiviti", "sensit"), ("sensibiliti", "sensibl"),
        ("analogi", "analog"), ("radically", "radic"), ("triplicate", "triplic"), ("formative", "format"), ("formalize", "formal"),
        ("electriciti", "electr"), ("electrical", "electr"), ("goodness", "good"), ("revival", "reviv"), ("allowance", "allow"),
        ("inference", "infer"), ("airliner", "airlin"), ("gyroscopic", "gyroscop"), ("adjustable", "adjust"), ("defensible", "defens"),
        ("irritant", "irrit"), ("replacement", "replac"), ("adjustment", "adjust"), ("dependent", "depend"), ("adoption", "adopt"),
        ("homologous", "homolog"), ("activate", "activ"), ("angulariti", "angular"), ("effective", "effect"), ("bowdlerize", "bowdler"),
        ("probate", "probat"), ("rate", "rate"), ("cease", "ceas"), ("controll", "control"), ("roll", "roll"), ("databases", "databas"),
        ("database", "databas"), ("running", "run"), ("runs", "run"), ("connection", "connect"), ("server's", "server"),
        ("éclairs", "éclair"), ("naïvely", "naïv"), ("yes", "yes"), ("youth", "youth"), ("boyish", "boyish"), ("flying", "fli"),
        ("y", "y"), ("yy", "yy"), ("sayings", "say"),
        ("incredibly", "incred"), ("possibly", "possibl"), ("skillfully", "skill"), ("hopelessly", "hopeless"), ("theology", "theolog"),
        ("analogous", "analog"), ("vigorously", "vigor"),
    ]

    @Test(arguments: stems)
    func aWordHasTheStemThatTheServerGivesIt(_ sample: (word: String, stem: String)) {
        #expect(EnglishStemmer.stem(sample.word) == sample.stem)
    }

    @Test func aWordOfApostrophesStaysAsItIs() {
        #expect(EnglishStemmer.stem("''s") == "''s")
    }

    @Test func thereAre127DifferentStopWords() {
        #expect(EnglishStopWords.all.count == 127)
        #expect(Set(EnglishStopWords.all).count == 127)
    }

    @Test func aTextOfStopWordsIsNotIndexedAtAll() throws {
        let vector = try TextVector(english: EnglishStopWords.all.joined(separator: " ").uppercased())

        #expect(vector.isEmpty)
    }
}
