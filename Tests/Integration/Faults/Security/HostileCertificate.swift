/// Ways in which a server is not the one that it should be, as far as its certificate says.
struct HostileCertificate: Sendable {
    /// What is wrong, in words for the report.
    let name: String
    /// The name of the files that the server uses.
    var files = "good"
    /// The name that the client asks for, or nil for the server's address.
    var host: String? = "db.test"
    /// Whether the client holds certificates against the authority's revocation list.
    var checksRevocation = false
    /// What libpq says about it.
    var reason = "certificate verify failed"
    /// The highest protocol that the server speaks, or nil for its own default.
    var highestProtocol: String?

    /// Those whose only fault is what they say of themselves: encryption as such works.
    static let all = [
        HostileCertificate(name: "wrong host name", files: "other-name", reason: "does not match host name"),
        HostileCertificate(name: "expired", files: "expired"),
        HostileCertificate(name: "not yet valid", files: "early"), HostileCertificate(name: "self-signed", files: "self-signed"),
        HostileCertificate(name: "unknown authority", files: "unknown"), HostileCertificate(name: "missing intermediate", files: "leaf-only"),
        HostileCertificate(name: "for clients only", files: "client-only"),
        HostileCertificate(name: "revoked", files: "revoked", checksRevocation: true),
        HostileCertificate(name: "address without an address in the certificate", host: nil, reason: "does not match host name"),
        HostileCertificate(name: "wildcard over two labels", files: "wildcard", host: "a.db.test", reason: "does not match host name"),
        HostileCertificate(name: "signed with SHA-1", files: "sha1"), HostileCertificate(name: "RSA key of 1024 bits", files: "short"),
    ]

    /// Good ones in every way that the others are bad, without which a refusal would prove nothing.
    static let good = [
        HostileCertificate(name: "good"), HostileCertificate(name: "good, revocation checked", checksRevocation: true),
        // The certificate of the revoked one has no other fault.
        HostileCertificate(name: "good, as long as revocation is not checked", files: "revoked"),
        HostileCertificate(name: "good, with its intermediate", files: "chain"),
        HostileCertificate(name: "good, wildcard over one label", files: "wildcard", host: "a.test"),
    ]

    /// Makes all files in the server's data directory, under its own account.
    static let script = """
        umask 077 && mkdir -p certs && cd certs && touch index && echo 01 > serial && echo 01 > crlnumber
        cat > ca.cnf <<END
        [ca]
        default_ca = own
        [own]
        database = index
        new_certs_dir = .
        serial = serial
        crlnumber = crlnumber
        default_md = sha256
        default_crl_days = 30
        policy = any
        unique_subject = no
        copy_extensions = none
        [any]
        commonName = supplied
        END
        exec 2>>errors
        key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"; }
        authority() { key "$1"; openssl req -x509 -key "$1.key" -days 30 -out "$1.crt" -subj "/CN=$1" -addext keyUsage=keyCertSign,cRLSign; }
        # sign NAME AUTHORITY START END EXTENSIONS OPTIONS...
        sign() {
            name=$1; by=$2; from=$3; to=$4; printf "%b" "$5" > "$name.ext"; shift 5
            [ -e "$name.key" ] || key "$name"
            openssl req -new -key "$name.key" -subj "/CN=$name" -out "$name.csr"
            openssl ca -batch -config ca.cnf -cert "$by.crt" -keyfile "$by.key" -startdate "$from" -enddate "$to" -extfile "$name.ext" \\
                -notext -in "$name.csr" -out "$name.crt" "$@"
        }
        now=$(date -u +%Y%m%d%H%M%SZ -d "-1 day"); then=$(date -u +%Y%m%d%H%M%SZ -d "+20 days"); san="subjectAltName=DNS:db.test"
        authority root; authority stranger
        sign good root $now $then $san
        sign other-name root $now $then subjectAltName=DNS:other.test
        sign expired root 20200101000000Z 20200201000000Z $san
        sign early root 20900101000000Z 20900201000000Z $san
        sign unknown stranger $now $then $san
        sign client-only root $now $then "$san\\nextendedKeyUsage=clientAuth"
        sign revoked root $now $then $san
        sign wildcard root $now $then "subjectAltName=DNS:*.test"
        sign sha1 root $now $then $san -md sha1
        openssl genrsa -out short.key 1024
        sign short root $now $then $san
        sign middle root $now $then basicConstraints=critical,CA:true
        sign leaf-only middle $now $then $san
        cat leaf-only.crt middle.crt > chain.crt; cp leaf-only.key chain.key
        key self-signed; openssl req -x509 -key self-signed.key -days 20 -out self-signed.crt -subj /CN=db.test -addext "$san"
        openssl ca -config ca.cnf -cert root.crt -keyfile root.key -revoke revoked.crt
        openssl ca -config ca.cnf -cert root.crt -keyfile root.key -gencrl -out root.crl
        mkdir -p .postgresql && cp stranger.crt .postgresql/root.crt && cp root.crl .postgresql/root.crl
        for name in good other-name expired early unknown client-only revoked wildcard sha1 short leaf-only chain self-signed; do
            openssl x509 -in $name.crt -noout && [ -s $name.key ] && echo "$name"
        done
        """
}
