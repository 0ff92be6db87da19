"""List repositories"""

from itertools import islice

from github import Auth, Github


def handler(pd: "pipedream"):
    token = pd.inputs["github"]["$auth"]["oauth_access_token"]
    with Github(auth=Auth.Token(token)) as github:
        repositories = github.get_user().get_repos(sort="updated")
        found = [repository.full_name for repository in islice(repositories, 20)]
    return found
