"""The only place with ReportLab: tagged PDF valuations, portfolio reports and menu books."""
