@node "%~dp0cairn" %*
