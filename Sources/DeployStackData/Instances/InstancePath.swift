import DeployStackModels

/// The memorable part of an instance's address: an adjective, a noun and four hexadecimal digits, such as `bold-penguin-42a3`.
enum InstancePath {
    /// How many paths are drawn for an instance before giving up.
    static let maximumAttempts = 5

    private static let adjectives = [
        "able", "bold", "brave", "bright", "brisk", "calm", "clear", "clever", "crisp", "eager", "fair", "fine", "fleet", "fond", "fresh", "gentle",
        "glad", "golden", "grand", "happy", "hardy", "honest", "jolly", "keen", "kind", "light", "lively", "loyal", "lucky", "mellow", "merry",
        "mighty", "modest", "neat", "nimble", "noble", "patient", "plain", "polite", "proud", "quick", "quiet", "rapid", "ready", "royal", "sharp",
        "silent", "silver", "simple", "smart", "smooth", "snowy", "solid", "steady", "still", "sunny", "sure", "swift", "tidy", "vivid", "warm",
        "wise", "witty", "young",
    ]

    private static let nouns = [
        "badger", "beaver", "bison", "buffalo", "camel", "cedar", "comet", "condor", "coral", "cougar", "crane", "cricket", "dolphin", "eagle",
        "falcon", "ferret", "finch", "fox", "gazelle", "gecko", "glacier", "harbor", "hawk", "heron", "ibex", "iris", "jaguar", "kestrel", "koala",
        "lagoon", "lark", "lemur", "lion", "lynx", "maple", "marmot", "meadow", "meteor", "moose", "newt", "ocean", "orca", "osprey", "otter", "owl",
        "panda", "panther", "pelican", "penguin", "pine", "puffin", "puma", "raven", "river", "robin", "salmon", "seal", "sparrow", "spruce", "stork",
        "tiger", "walrus", "willow", "wolf",
    ]

    /// Draws a path.
    static func draw(from random: any RandomSource) -> String {
        let bytes = random.bytes(4)
        let suffix = Hexadecimal.encode(bytes[2...3])
        return "\(adjectives[Int(bytes[0]) % adjectives.count])-\(nouns[Int(bytes[1]) % nouns.count])-\(suffix)"
    }

    /// The error when every path that was drawn is taken.
    static let exhausted = DataError(.internal, entity: .instance, reason: "no free path was found in \(maximumAttempts) attempts")
}
