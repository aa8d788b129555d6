import DeployStackModels

/// Where an entry stands in a list of the catalog: everything that the lists are ordered by.
struct CatalogPlace: Sendable, Hashable {
    /// How well the entry fits a search; 0 in a list.
    var rank: Double
    var isFeatured: Bool
    var name: String
    /// How many stars, -1 when that is not known, so that such entries come last.
    var stars: Int
    var createdAt: Timestamp
    var id: String

    init(_ server: McpServer, rank: Double = 0) {
        self.rank = rank
        isFeatured = server.isFeatured
        name = server.name
        stars = server.gitHubStars ?? -1
        createdAt = server.createdAt
        id = server.id.rawValue
    }

    /// Reads a place from the texts that ``texts`` gives, or gives `nil` when they are none.
    init?(texts: some Collection<String>) {
        let texts = Array(texts)
        guard texts.count == 6, let bits = UInt64(texts[0], radix: 16), let stars = Int(texts[3]), let time = Int64(texts[4]),
            let createdAt = Timestamp(microsecondsSinceEpoch: time)
        else { return nil }
        rank = Double(bitPattern: bits)
        isFeatured = texts[1] == "1"
        name = texts[2]
        self.stars = stars
        self.createdAt = createdAt
        id = texts[5]
    }

    /// The place as texts, exact to the last bit and microsecond.
    var texts: [String] {
        [String(rank.bitPattern, radix: 16), isFeatured ? "1" : "0", name, "\(stars)", "\(createdAt.microsecondsSinceEpoch)", id]
    }
}

/// In which order a list of the catalog is read from a cursor.
enum CatalogOrder: Sendable, Hashable {
    case sort(CatalogSort)
    case rank

    /// The order's name in the digest of a cursor.
    var name: String {
        switch self {
        case .sort(.name): "name"
        case .sort(.gitHubStars): "stars"
        case .sort(.newest): "newest"
        case .rank: "rank"
        }
    }

    /// Whether one place comes before another.
    func precedes(_ left: CatalogPlace, _ right: CatalogPlace) -> Bool {
        switch self {
        case .sort(.newest): (left.createdAt, left.id.bytewise) > (right.createdAt, right.id.bytewise)
        case .sort(.gitHubStars): (-left.stars, left.name.bytewise, left.id.bytewise) < (-right.stars, right.name.bytewise, right.id.bytewise)
        case .sort(.name): Self.byName(left) < Self.byName(right)
        case .rank: left.rank == right.rank ? Self.byName(left) < Self.byName(right) : left.rank > right.rank
        }
    }

    private static func byName(_ place: CatalogPlace) -> (Int, BytewiseString, BytewiseString) {
        (place.isFeatured.trueFirst, place.name.bytewise, place.id.bytewise)
    }
}
