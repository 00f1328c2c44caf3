from shared.http.openapi import document_of


def test_conditional_answers_are_announced() -> None:
    conditional = {
        operation["operationId"]
        for methods in document_of("catalog")["paths"].values()
        for operation in methods.values()
        if "304" in operation["responses"]
    }
    reading = {"listProjects", "getProject", "getProjectByNumber", "getProjectFacets", "getStatistics"}
    files = {f"exportProjects{form}" for form in ("Csv", "Xlsx", "Geojson", "JsonLines")}
    assert conditional == reading | files | {"getProjectJsonLd", "getDataset", "getProjectHistory"}
