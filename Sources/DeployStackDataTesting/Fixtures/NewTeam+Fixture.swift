public import DeployStackModels

extension NewTeam {
    /// A team to create, with a name that no other has.
    ///
    /// - Parameters:
    ///   - owner: The user who will own it.
    ///   - name: The name, or `nil` for a new one.
    ///   - slug: The text that the slug is made from, or `nil` to make it from the name.
    ///   - description: What the team is for.
    ///   - limits: What the team may have, or `nil` for the platform's settings.
    public static func fixture(
        owner: UserID, name: String? = nil, slug: String? = nil, description: String? = nil, limits: TeamLimits? = nil
    ) -> NewTeam {
        NewTeam(name: name ?? UniqueText.make("Team "), owner: owner, slug: slug, description: description, limits: limits)
    }
}
