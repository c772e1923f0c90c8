# Fourier transforms of the reference solvers.
find_path(SOBOLEV_FFTW_INCLUDE_DIR fftw3.h)
find_library(SOBOLEV_FFTW_LIBRARY NAMES fftw3)
mark_as_advanced(SOBOLEV_FFTW_INCLUDE_DIR SOBOLEV_FFTW_LIBRARY)
if(NOT SOBOLEV_FFTW_INCLUDE_DIR OR NOT SOBOLEV_FFTW_LIBRARY)
  message(FATAL_ERROR "sobolev needs FFTW 3 in double precision (Debian: apt "
    "install libfftw3-dev), or CMAKE_PREFIX_PATH where it is.")
endif()
