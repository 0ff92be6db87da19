@rem `pd-lsp` in the terminals of the editor: the extension says which Python runs it, and adds this folder to their PATH.
@if not defined PD_LSP_PYTHON set PD_LSP_PYTHON=python
@"%PD_LSP_PYTHON%" -I "%~dp0..\pd_lsp_server.py" %*
